using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>Two powers that overlap: r(zeta | 0) = zeta^(1/beta - 1) / beta, r(zeta | 1) its mirror image; a uniform number to the power beta, and 1 less it.</summary>
/// <remarks>The quantiles of the mixture have no closed form: z is drawn, then zeta given z, and the derivative is implicit. Most draws for z = 1
/// are 1 in single precision, so that t = logit zeta is what is drawn, of which zeta and log r(zeta | 1) / r(zeta | 0) = (1 - 1/beta) t are functions.
/// Reference: Vahdat et al. 2018, arXiv:1802.04920; arXiv:1805.08498.</remarks>
/// <param name="beta">The inverse temperature, 1 to 80.</param>
public sealed class PowerFunction(double beta) : Smoothing(beta, LeastBeta)
{
    /// <summary>The least beta, at which both laws are uniform.</summary>
    internal const double LeastBeta = 1;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor zeta, int bit) => bit == 0 ? zeta.pow(1 / Beta) : -((-zeta).log1p() / Beta).expm1();

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor zeta, int bit)
    {
        var distance = bit == 0 ? zeta.clamp_min(Precision.Smallest(zeta)) : (1 - zeta).clamp_min(Precision.Epsilon(zeta));
        return ((1 - Beta) / Beta * distance.log()) - Math.Log(Beta);
    }

    /// <inheritdoc/>
    protected override SmoothedBits DrawOf(Tensor logits, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var (drawn, slope) = DrawLogits(logits, sampleShape, rng);
        var t = GivenSlope.Attach(drawn, logits, slope);
        return new(t.sigmoid(), (logits + ((Beta - 1) / Beta * t)).sigmoid());
    }

    // t = logit zeta and dt/dl. With u uniform, zeta = u^beta or 1 - u^beta; u^beta itself may be 0 in any precision, its logarithm is not.
    private (Tensor T, Tensor Slope) DrawLogits(Tensor logits, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        using var noGrad = torch.no_grad();
        var shape = FullShape(logits, sampleShape);
        var isOne = (logits + Noise.Logistic(shape, logits, rng)).gt(0);
        var logPower = Beta * Noise.Uniform(shape, logits, rng).clamp_min(Precision.Smallest(logits)).log();
        var t0 = logPower - (-logPower.expm1()).log();
        var t = torch.where(isOne, -t0, t0);

        var (logZeta, logRest, far) = (-Softplus(-t), -Softplus(t), t.abs());
        var gap = (-Softplus(-far) / Beta).expm1() + (-Softplus(far) / Beta).exp();
        return (t, Slope(logits, gap, (logZeta / Beta) + logRest - Math.Log(Beta), (logRest / Beta) + logZeta - Math.Log(Beta)));
    }
}
