using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>An estimator for bits from antithetic pairs: b1 = H(logit + e) and b2 = H(logit - e), e logistic noise.</summary>
/// <remarks>In terms of uniform noise, e = logit u: b1 is drawn with u and b2 with 1 - u.</remarks>
public abstract class AntitheticEstimator : CoupledEstimator
{
    /// <summary>The pair of given noise, <c>[G, B, ...]</c>.</summary>
    internal CoupledPoints At(Bernoulli law, Tensor noise)
    {
        using var _ = torch.no_grad();
        var (b1, b2) = (law.Threshold(law.Perturb(noise)), law.Threshold(law.Perturb(-noise)));
        var weight = Weight(law, noise, b1, b2);
        return new(torch.stack([b1, b2]), f => (f[0] - f[1]) * weight);
    }

    /// <inheritdoc/>
    protected sealed override long PointsPerDraw(FactorialDistribution law) => 2;

    /// <inheritdoc/>
    protected sealed override CoupledPoints Draw(FactorialDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var bits = Require<Bernoulli>(law);
        return At(bits, bits.Noise(sampleShape, rng));
    }

    /// <summary>What f(b1) - f(b2) is multiplied with, per bit: the shape of the noise, <c>[G, B, ...]</c>.</summary>
    protected abstract Tensor Weight(Bernoulli law, Tensor noise, Tensor b1, Tensor b2);
}
