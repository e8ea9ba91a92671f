
namespace Heaviside.Estimators;

/// <summary>Returns one tensor and passes its gradient to another, as if it had been that one.</summary>
internal sealed class StraightThroughFunction : Function
{
    private static readonly StraightThroughFunction Instance = new();

    /// <summary>The hard values with the gradient going to <paramref name="soft"/>, of the same shape up to leading dimensions.</summary>
    internal static Tensor Attach(Tensor hard, Tensor soft) => Instance.Apply(hard, soft.expand(hard.shape))[0];

    /// <summary>The same with the gradient multiplied by <paramref name="weight"/>, of the shape of the hard values.</summary>
    internal static Tensor Attach(Tensor hard, Tensor soft, Tensor weight) => Instance.Apply(hard, soft.expand(hard.shape), weight)[0];

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.SaveForBackward(inputs[2..]);
        return [inputs[0].detach()];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients) =>
        context.Saved is [var weight] ? [null, gradients[0]! * weight, null] : [null, gradients[0]];
}
