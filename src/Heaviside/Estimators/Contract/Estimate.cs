using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>What an estimator returns for one batch.</summary>
/// <param name="Value">f where the estimator evaluated it, shape <c>[S, B]</c>.</param>
/// <param name="Point">Where that was.</param>
/// <param name="Surrogate">What is to be maximized, shape <c>[B]</c>.</param>
/// <param name="TuningLoss">What the estimator's own parameters minimize, a scalar, or null when it has none.</param>
/// <exception cref="ArgumentException">A tensor has another shape; the message names it.</exception>
public sealed record Estimate(Tensor Value, EvaluationPoint Point, Tensor Surrogate, Tensor? TuningLoss = null)
{
    /// <summary>f where the estimator evaluated it, shape <c>[S, B]</c> ([1, B] for an expectation), without a gradient.</summary>
    public Tensor Value { get; init => field = Checked(value, [-1, Surrogate.size(0)], nameof(Value)); } = Checked(Value, [-1, -1], nameof(Value));

    /// <summary>Shape <c>[B]</c>, to be maximized with f: the gradient of element i with respect to the logits and
    /// to everything that f depends on is the estimate for E[f(b)] of example i, or, unless
    /// <see cref="GradientEstimator.SeparatesExamples"/>, that of the mean is the mean of the estimates. Its value means nothing.</summary>
    public Tensor Surrogate { get; init => field = Checked(value, [Value.size(1)], nameof(Surrogate)); } = Checked(Surrogate, [Value.size(1)], nameof(Surrogate));

    /// <summary>What the estimator's own parameters minimize, a scalar, or null when it has none.</summary>
    public Tensor? TuningLoss { get; init => field = CheckedScalar(value); } = CheckedScalar(TuningLoss);

    private static Tensor? CheckedScalar(Tensor? loss) => loss is null ? null : Checked(loss, [], nameof(TuningLoss));

    private static Tensor Checked(Tensor t, long[] expected, string name)
    {
        Shape.Require(t, expected, name);
        return t;
    }
}
