
namespace Heaviside.Estimators.Baselines;

/// <summary>What a score-function estimator subtracts from f: something that does not depend on the sample that it is subtracted for.</summary>
public abstract class Baseline : Component
{
    /// <summary>For derived classes.</summary>
    protected Baseline()
        : base(nameof(Baseline))
    {
    }

    /// <summary>The baseline of each value, differentiable with respect to what it learns.</summary>
    /// <param name="value">f at S samples of B examples, shape <c>[S, B]</c>, without a gradient.</param>
    /// <param name="f">The objective, for its context.</param>
    /// <returns>A shape that broadcasts to <c>[S, B]</c>.</returns>
    public abstract Tensor Of(Tensor value, Objective f);
}
