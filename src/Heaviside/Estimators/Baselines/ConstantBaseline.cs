
namespace Heaviside.Estimators.Baselines;

/// <summary>A given number, in the units of f.</summary>
public sealed class ConstantBaseline(double constant) : Baseline
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor value, Objective f) => torch.full([1, 1], constant, value.dtype, value.device);
}
