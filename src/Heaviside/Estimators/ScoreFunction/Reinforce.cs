using Heaviside.Configuration;
using Heaviside.Estimators.Baselines;

namespace Heaviside.Estimators;

/// <summary>The score-function estimator with a baseline.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with the mean over S samples of (f(b_s) - baseline_s) grad log q(b_s) + grad f(b_s);
/// requires nothing of f. By default baseline_s is the mean of f over the other samples, 0 for S = 1.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>References: Williams 1992, doi:10.1007/BF00992696; leave-one-out: Kool, van Hoof, Welling 2019, arXiv:1902.08916 (ICLR workshop version).</para>
/// </remarks>
/// <example><code>
/// var estimate = new Reinforce { Samples = 4 }.Estimate(new Bernoulli(logits), Objective.BlackBox(f), rng);
/// (-estimate.Surrogate).mean().backward();
/// </code></example>
public sealed class Reinforce : ScoreFunctionEstimator
{
    private Baseline? baseline;

    /// <summary>With the mean of the other samples as baseline, or another of this library's.</summary>
    public Reinforce()
    {
    }

    /// <summary>With a baseline of one's own.</summary>
    public Reinforce(Baseline baseline) => this.baseline = this.AddModule("baseline", baseline);

    /// <summary>What is subtracted from f; default the mean of the other samples.</summary>
    [OptionGroup]
    public BaselineOptions Baseline { get; init; } = BaselineKind.LeaveOneOut;

    /// <inheritdoc/>
    protected override bool Learns => baseline is null && Baseline.NeedsModel;

    /// <inheritdoc/>
    protected override Tensor Signal(Tensor value, Objective f) =>
        value - (baseline ??= this.AddModule("baseline", Baseline.For(null))).Of(value, f);

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input) => baseline ??= this.AddModule("baseline", Baseline.For(input));
}
