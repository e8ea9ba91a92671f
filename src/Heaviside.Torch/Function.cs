using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

/// <summary>A differentiable function whose forward and backward passes are written in C#.</summary>
/// <remarks>The forward pass records no gradients. If the backward pass uses differentiable operators
/// only, the function can be differentiated twice.</remarks>
/// <example><code>
/// internal sealed class Square : Function
/// {
///     protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
///     {
///         context.SaveForBackward(inputs[0]);
///         return [inputs[0] * inputs[0]];
///     }
///
///     protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) =>
///         [2 * context.Saved[0] * gradients[0]!];
/// }
/// </code></example>
public abstract unsafe class Function
{
    /// <summary>Computes the outputs.</summary>
    protected abstract Tensor[] Forward(FunctionContext context, Tensor[] inputs);

    /// <summary>Computes the gradients of the inputs from those of the outputs.</summary>
    /// <param name="context">Holds what the forward pass saved.</param>
    /// <param name="gradients">One per output; null where an output played no part.</param>
    /// <returns>One per input; null where there is none. Tensors made here are disposed by the caller.</returns>
    protected abstract Tensor?[] Backward(FunctionContext context, Tensor?[] gradients);

    /// <summary>Runs the forward pass and records the backward pass if an input requires gradients.</summary>
    public Tensor[] Apply(params Tensor[] inputs)
    {
        using var scope = torch.NewDisposeScope(); // for what the forward pass makes and does not return
        var records = torch.is_grad_enabled();
        var context = new FunctionContext { Needs = Array.ConvertAll(inputs, t => records && t.requires_grad) };
        Tensor[] outputs;
        using (torch.no_grad())
            outputs = AsOneOperator(GetType().Name, () => Separate(Forward(context, inputs), inputs));
        if (context.Needs.Contains(true)) Attach(inputs, outputs, context);
        foreach (var output in outputs) scope.MoveToOuter(output);
        return outputs;
    }

    /// <summary>Gives an input that is passed through a history of its own.</summary>
    private static Tensor[] Separate(Tensor[] outputs, Tensor[] inputs) =>
        Array.ConvertAll(outputs, o => inputs.Any(i => i.Handle == o.Handle) ? o.detach() : o);

    /// <summary>Shows an observer the results instead of the steps: between operators, elements may be filled by hand.</summary>
    private static T[] AsOneOperator<T>(string name, Func<T[]> compute)
        where T : class?
    {
        T[] results;
        var observer = Operator.Observe(null);
        try
        {
            results = compute();
        }
        finally
        {
            Operator.Observe(observer);
        }

        foreach (var result in results.OfType<Tensor>()) Operator.Report(name, result);
        return results;
    }

    private void Attach(Tensor[] inputs, Tensor[] outputs, FunctionContext context)
    {
        using var i = new TensorHandles(inputs);
        using var o = new TensorHandles(outputs);
        using var s = new TensorHandles(context.Saved);
        context.Saved = []; // the node keeps them from here on: holding an output here would be a cycle
        var call = GCHandle.Alloc((this, context));
        var status = Native.hv_attach(
            i.Pointer, i.Count, o.Pointer, o.Count, s.Pointer, s.Count, GCHandle.ToIntPtr(call), &OnBackward, &OnDrop);
        Native.Check(status, GetType().Name);
    }

    [ThreadStatic] private static byte[]? lastError;

    [UnmanagedCallersOnly]
    private static byte* OnBackward(nint handle, nint* grads, int n, nint* saved, int s, nint* results, int m)
    {
        using var scope = torch.NewDisposeScope();
        var gradients = new Tensor?[n];
        for (var k = 0; k < n; k++) gradients[k] = Tensor.OwnOrNull(grads[k]);
        var kept = new Tensor[s];
        for (var k = 0; k < s; k++) kept[k] = Tensor.Own(saved[k]);
        try
        {
            var (function, context) = ((Function, FunctionContext))GCHandle.FromIntPtr(handle).Target!;
            var name = $"{function.GetType().Name}.Backward";
            var call = new FunctionContext { Saved = kept, State = context.State, Needs = context.Needs };
            var inputs = AsOneOperator(name, () => function.Backward(call, gradients));
            if (inputs.Length != m) throw new InvalidOperationException($"{name}: expected {m} gradients, got {inputs.Length}");
            for (var k = 0; k < m; k++) results[k] = inputs[k]?.Retain() ?? 0;
            return null;
        }
        catch (Exception e)
        {
            // No exception may cross into native code; the pinned text lives until this thread's next failure.
            var text = Encoding.UTF8.GetBytes(e.Message.Split('\n')[0]);
            lastError = GC.AllocateUninitializedArray<byte>(text.Length + 1, pinned: true);
            text.CopyTo(lastError, 0);
            lastError[text.Length] = 0;
            return (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(lastError));
        }
    }

    [UnmanagedCallersOnly]
    private static void OnDrop(nint call) => GCHandle.FromIntPtr(call).Free();
}
