
namespace Heaviside.Estimators.Baselines;

/// <summary>A given number, in the units of f.</summary>
/// <param name="constant">From -1e15 to 1e15, so that its square is in single precision.</param>
public sealed class ConstantBaseline(double constant) : Baseline
{
    /// <summary>The largest absolute value.</summary>
    internal const double Most = 1e15;

    private readonly double constant = constant is >= -Most and <= Most ? constant : throw new ArgumentOutOfRangeException(nameof(constant), constant, "must be from -1e15 to 1e15");

    /// <inheritdoc/>
    public override Tensor Of(Tensor value, Objective f) => torch.full([1, 1], constant, value.dtype, value.device);
}
