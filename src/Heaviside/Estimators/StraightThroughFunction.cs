using Heaviside.Torch;

namespace Heaviside.Estimators;

/// <summary>Returns one tensor and passes its gradient to another, as if it had been that one.</summary>
internal sealed class StraightThroughFunction : Function
{
    private static readonly StraightThroughFunction Instance = new();

    /// <summary>The hard values with the gradient going to <paramref name="soft"/>, of the same shape up to a leading 1.</summary>
    internal static Tensor Attach(Tensor hard, Tensor soft) => Instance.Apply(hard, soft.expand(hard.shape))[0];

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0].detach()];

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) => [null, gradients[0]];
}
