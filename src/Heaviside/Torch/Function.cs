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
        return [.. outputs.Select(scope.MoveToOuter)];
    }

    // An input that is passed through gets a history of its own.
    private static Tensor[] Separate(Tensor[] outputs, Tensor[] inputs) =>
        Array.ConvertAll(outputs, o => inputs.Any(i => i.Handle == o.Handle) ? o.detach() : o);

    /// <summary>The one function that TorchSharp knows: it passes on to the function that it was given.</summary>
    private sealed class Bridge : MultiTensorFunction<Bridge>
    {
        private const string Call = "call";

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
            ctx.save_data(Call, (function, context, inputs.Length));
            return [.. outputs];
        }

        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
        {
            using var scope = torch.NewDisposeScope();
            foreach (var old in returned ?? []) old?.Dispose();
            returned = null;
            var (function, context, inputs) = ((Function, FunctionContext, int))ctx.get_data(Call);
            Tensor[] saved = [.. ctx.get_saved_variables()];
            var results = new Tensor?[inputs];
            try
            {
                var call = new FunctionContext { Saved = saved, Needs = context.Needs };
                results = function.Backward(call, [.. grad_outputs.Select(g => g.IsInvalid ? null : g)]);
                if (results.Length != inputs) throw new InvalidOperationException($"{function.GetType().Name}.Backward: expected {inputs} gradients, got {results.Length}");
                results = Array.ConvertAll(results, r => r?.alias());
            }
            catch (Exception error)
            {
                // No exception may cross into native code: a gradient of an impossible shape makes libtorch itself refuse.
                Autograd.Failure = error;
                results = Array.ConvertAll(context.Needs, needed => needed ? torch.zeros([2, 3, 5, 7, 11, 13]) : null);
            }

            returned = Array.ConvertAll(results, r => r?.DetachFromDisposeScope());
            foreach (var gradient in grad_outputs) gradient.Dispose();
            return [null!, null!, .. returned.Select(r => r!)];
        }
    }
}
