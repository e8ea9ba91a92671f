using static TorchSharp.torch.autograd;

namespace Heaviside.Torch;

/// <summary>A differentiable function whose forward and backward passes are written in C#.</summary>
/// <remarks>The forward pass records no gradients. If the backward pass uses differentiable operators
/// only, the function can be differentiated twice: it asks <c>torch.is_grad_enabled()</c>. What a backward pass throws comes out of
/// <see cref="Autograd"/>, and as an error of libtorch out of TorchSharp's own <c>backward</c>.</remarks>
internal abstract class Function
{
    /// <summary>Computes the outputs.</summary>
    protected abstract Tensor[] Forward(FunctionContext context, Tensor[] inputs);

    /// <summary>Computes the gradients of the inputs from those of the outputs.</summary>
    /// <param name="context">Holds what the forward pass saved.</param>
    /// <param name="gradients">One per output; null where an output played no part.</param>
    /// <returns>One per input; null where there is none.</returns>
    protected abstract Tensor?[] Backward(FunctionContext context, Tensor?[] gradients);

    /// <summary>Runs the forward pass and records the backward pass if an input requires gradients.</summary>
    internal Tensor[] Apply(params Tensor[] inputs)
    {
        using var scope = torch.NewDisposeScope(); // for what the forward pass makes and does not return
        var context = new FunctionContext { Needs = Array.ConvertAll(inputs, t => torch.is_grad_enabled() && t.requires_grad) };
        if (!context.Needs.Contains(true))
        {
            using var _ = torch.no_grad();
            return Array.ConvertAll(Separate(Forward(context, inputs), inputs), scope.MoveToOuter);
        }

        var outputs = Bridge.apply([this, context, .. inputs]);
        GC.KeepAlive(inputs); // the call above holds native addresses only
        return [.. outputs.Select(scope.MoveToOuter)];
    }

    // An input that is passed through gets a history of its own.
    private static Tensor[] Separate(Tensor[] outputs, Tensor[] inputs) =>
        Array.ConvertAll(outputs, o => inputs.Any(i => i.Handle == o.Handle) ? o.detach() : o);

    /// <summary>The one function that TorchSharp knows: it passes on to the function that it was given.</summary>
    private sealed class Bridge : MultiTensorFunction<Bridge>
    {
        private const string Key = "call";

        // Native code reads gradients after the callback has returned, so that they must live until then: until this thread's next one.
        [ThreadStatic] private static Tensor?[]? returned;

        public override string Name => nameof(Function);

        public override List<Tensor> forward(AutogradContext ctx, params object[] vars)
        {
            var (function, context) = ((Function)vars[0], (FunctionContext)vars[1]);
            Tensor[] inputs = [.. vars[2..].Cast<Tensor>()];
            var outputs = Separate(function.Forward(context, inputs), inputs);
            ctx.set_materialize_grads(false);
            ctx.save_for_backward([.. context.Saved]);
            context.Saved = []; // the node keeps them from here on: holding an output here would be a cycle
            ctx.save_data(Key, new Call(function, context.Needs));
            return [.. outputs];
        }

        // No exception may cross into the native code that calls this.
        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
        {
            using var scope = torch.NewDisposeScope();
            foreach (var old in returned ?? []) old?.Dispose();
            var call = (Call)ctx.get_data(Key);
            try
            {
                returned = Differentiate(call, ctx, grad_outputs);
            }
            catch (Exception error)
            {
                Autograd.Failure = error;
                returned = Array.ConvertAll(call.Needs, needed => needed ? Impossible() : null);
            }

            foreach (var gradient in returned) gradient?.DetachFromDisposeScope();
            foreach (var gradient in grad_outputs) gradient.Dispose();
            return [null!, null!, .. returned.Select(r => r!)];
        }

        private static Tensor?[] Differentiate(Call call, AutogradContext ctx, List<Tensor> gradients)
        {
            // This also finds that a saved tensor was changed in place since.
            Tensor[] saved = [.. ctx.get_saved_variables()];
            var results = call.Function.Backward(new() { Saved = saved, Needs = call.Needs }, [.. gradients.Select(g => g.IsInvalid ? null : g)]);
            return results.Length == call.Needs.Length
                ? Array.ConvertAll(results, r => r?.alias())
                : throw new InvalidOperationException($"{call.Function.GetType().Name}.Backward: expected {call.Needs.Length} gradients, got {results.Length}");
        }

        // A gradient that libtorch refuses: of a shape that no input has or, where it is broadcast to that, not of real numbers.
        private static Tensor Impossible() => torch.zeros([0, 65537], ScalarType.ComplexFloat32);

        private sealed record Call(Function Function, bool[] Needs);
    }
}
