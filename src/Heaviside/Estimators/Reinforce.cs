using Heaviside.Distributions;
using Heaviside.Torch;

namespace Heaviside.Estimators;

/// <summary>The score-function estimator, with the mean of the other samples as baseline when there are several.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with the mean over S samples of (f(b_s) - baseline_s) grad log q(b_s) + grad f(b_s),
/// where baseline_s is the mean of f over the other samples (0 for S = 1); requires nothing of f.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>References: Williams 1992, doi:10.1007/BF00992696; leave-one-out: Kool, van Hoof, Welling 2019, arXiv:1902.08916 (ICLR workshop version).</para>
/// </remarks>
/// <example><code>
/// var estimate = new Reinforce { Samples = 4 }.Estimate(new Bernoulli(logits), Objective.BlackBox(f), rng);
/// (-estimate.Surrogate).mean().backward();
/// </code></example>
public sealed class Reinforce : SamplingEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        var b = q.Sample(Samples, rng);
        var value = f.Evaluate(b);
        var surrogate = (Advantage(value.detach()) * q.JointLogProb(b)) + value;
        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean(0));
    }

    // f_s - mean_{r != s} f_r = (f_s - mean_r f_r) S / (S - 1)
    private Tensor Advantage(Tensor f) =>
        Samples == 1 ? f : (f - f.mean(0, keepdim: true)) * ((double)Samples / (Samples - 1));
}
