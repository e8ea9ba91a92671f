using Heaviside.Estimators.Baselines;

namespace Heaviside.Estimators;

/// <summary>NVIL as first published: the signal is centered and divided by its running standard deviation.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with (f(b) - B(x) - c) / max(1, sqrt v) grad log q(b) + grad f(b), where c and v are the
/// running mean and variance of f - B(x). The division changes the length of the gradient with respect to the logits, not
/// its direction; the gradient with respect to what f depends on keeps its length. For parameters that both depend on the sum
/// of the two has another direction. Requires an objective with a context.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Mnih, Gregor 2014, arXiv:1402.0030, with the decay 0.8 of the running moments.</para>
/// </remarks>
public sealed class NormalizedNvil : ScoreFunctionEstimator
{
    private const double Decay = 0.8;

    private InputBaseline baseline = null!; // since Learn, as the moments
    private Tensor mean = null!;
    private Tensor variance = null!;

    /// <inheritdoc/>
    public override Bias Bias => Bias.NoneUpToScaleIfNotShared;

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        baseline = this.AddModule("baseline", new InputBaseline(input));
        mean = this.AddBuffer("mean", torch.zeros([], input.Type, input.Rng.device));
        variance = this.AddBuffer("variance", torch.zeros([], input.Type, input.Rng.device));
    }

    /// <inheritdoc/>
    protected override Tensor Signal(Tensor value, Objective f) => value - baseline.Of(value, f);

    // The moments of the batches before this one, so that they do not depend on its samples.
    /// <inheritdoc/>
    protected override Tensor Weight(Tensor signal)
    {
        using var _ = torch.no_grad();
        var weight = (signal - mean) / variance.sqrt().clamp_min(1);
        if (training)
        {
            mean.mul_(Decay).add_(signal.mean(), 1 - Decay);
            variance.mul_(Decay).add_((signal - mean).square().mean(), 1 - Decay);
        }

        return weight;
    }
}
