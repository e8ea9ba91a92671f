using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>A spike and an exponential: zeta = 0 for z = 0, r(zeta | 1) = beta e^(beta zeta) / (e^beta - 1).</summary>
/// <remarks>
/// <para>zeta tells what z was, so that p(z = 1 | zeta) is z itself and jumps. E[z g(zeta)] = q E[g | z = 1] has the derivative that goes
/// through zeta, and g(0) on top of it. What is drawn has that part as (1 - z) / (1 - q) dq: a division by the probability of
/// where g(0) is seen, as in REINFORCE, which is why its variance is high where q is near 1.</para>
/// <para>Densities are those with respect to lengths and a mass at 0 together. Reference: Rolfe 2016, arXiv:1609.02200; arXiv:1805.07349, appendix B.</para>
/// </remarks>
/// <param name="beta">The inverse temperature, 0.01 to 80.</param>
public sealed class SpikeAndExponential(double beta) : Smoothing(beta, LeastBeta)
{
    /// <summary>The least beta.</summary>
    internal const double LeastBeta = 0.01;

    private double Scale => Math.Exp(Beta) - 1;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor zeta, int bit) => bit == 0 ? torch.ones_like(zeta) : (Beta * zeta).expm1() / Scale;

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor zeta, int bit)
    {
        var atom = zeta.le(0);
        return bit == 0
            ? torch.where(atom, torch.zeros_like(zeta), -Precision.Infinite)
            : torch.where(atom, -Precision.Infinite, (Beta * zeta) + Math.Log(Beta / Scale));
    }

    /// <summary>The mixture's quantile, with a gradient to the logits: 0 up to the level 1 - q.</summary>
    /// <param name="logits">The log-odds of the bits.</param>
    /// <param name="noise">The logits of the levels; standard logistic noise makes draws of the mixture. Shape <c>[..., shape of the logits]</c>.</param>
    /// <returns>The shape of the noise.</returns>
    /// <exception cref="ArgumentException">The last dimensions of the noise are not the shape of the logits.</exception>
    public Tensor Quantile(Tensor logits, Tensor noise)
    {
        Shape.RequireSuffix(noise, logits.shape);
        // (level + q - 1) / q = level (1 - e^-h), h = logit + noise, has no difference of near numbers.
        var above = (logits + noise).clamp_min(0);
        return (-Scale * noise.sigmoid() * (-above).expm1()).log1p() / Beta;
    }

    /// <inheritdoc/>
    protected override SmoothedBits DrawOf(Tensor logits, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var zeta = Quantile(logits, Noise.Logistic(FullShape(logits, sampleShape), logits, rng));
        var z = zeta.gt(0).to(zeta.dtype);
        return new(zeta, GivenSlope.Attach(z, logits, (1 - z) * logits.detach().sigmoid())); // (1 - z) / (1 - q) dq/dl
    }

    /// <inheritdoc/>
    public override Tensor Slope(Tensor logits, Tensor zeta) => torch.where(zeta.gt(0), base.Slope(logits, zeta), 0);
}
