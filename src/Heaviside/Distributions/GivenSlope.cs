
namespace Heaviside.Distributions;

/// <summary>Values that are no differentiable function of how they were drawn, with the derivative that is known of them.</summary>
internal sealed class GivenSlope : Function
{
    private static readonly GivenSlope Instance = new();

    /// <summary>The values, <c>[..., shape of the input]</c>, each with the slope of its own towards its element of the input.</summary>
    /// <exception cref="NotSupportedException">In the backward pass, if it is itself to be differentiated: slopes are numbers.</exception>
    internal static Tensor Attach(Tensor values, Tensor input, Tensor slope) => Instance.Apply(values, input.expand(values.shape), slope)[0];

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.SaveForBackward(inputs[2]);
        return [inputs[0].detach()];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => torch.is_grad_enabled()
        ? throw new NotSupportedException("a draw with an implicit derivative has no second derivative")
        : [null, gradients[0]! * context.Saved[0], null];
}
