using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>Two exponentials that overlap: r(zeta | 0) = beta e^(-beta zeta) / (1 - e^-beta), r(zeta | 1) its mirror image.</summary>
/// <remarks>Reference: Vahdat et al. 2018, arXiv:1802.04920.</remarks>
/// <param name="beta">The inverse temperature, 0.01 to 80.</param>
public sealed class OverlappingExponential(double beta) : Smoothing(beta, LeastBeta)
{
    /// <summary>The least beta.</summary>
    internal const double LeastBeta = 0.01;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor zeta, int bit) =>
        bit == 0 ? (-Beta * zeta).expm1() / (Math.Exp(-Beta) - 1) : (Beta * zeta).expm1() / (Math.Exp(Beta) - 1);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor zeta, int bit) =>
        Math.Log(Beta / (1 - Math.Exp(-Beta))) - (Beta * (bit == 0 ? zeta : 1 - zeta));

    /// <summary>The mixture's quantile, with a gradient to the logits.</summary>
    /// <param name="logits">The log-odds of the bits.</param>
    /// <param name="noise">The logits of the levels; standard logistic noise makes draws of the mixture. Shape <c>[..., shape of the logits]</c>.</param>
    /// <returns>The shape of the noise.</returns>
    /// <exception cref="ArgumentException">The last dimensions of the noise are not the shape of the logits.</exception>
    public Tensor Quantile(Tensor logits, Tensor noise)
    {
        Shape.RequireSuffix(noise, logits.shape);
        // With p = 1 - q: p m^2 - b m - q e^-beta = 0 for m = e^(-beta zeta), b = 1 - level - q + e^-beta (level - q). Where b is negative, its
        // mirror image is solved; the first difference is taken in terms of h = logit + noise, as it is what decides where it is small.
        var overlap = Math.Exp(-Beta);
        var (q, p, level, rest, h) = (logits.sigmoid(), (-logits).sigmoid(), noise.sigmoid(), (-noise).sigmoid(), logits + noise);
        var b = (torch.where(h.gt(0), level * q, -(rest * p)) * (-h.abs()).expm1()) + (overlap * (level - q));
        var low = b.ge(0);
        var root = ((b * b) + (4 * overlap * p * q)).sqrt();
        var distance = (Math.Log(2) - Softplus(torch.where(low, logits, -logits)) - (b.abs() + root).log()) / Beta;
        return torch.where(low, distance, 1 - distance).clamp(0, 1);
    }

    /// <inheritdoc/>
    protected override SmoothedBits DrawOf(Tensor logits, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var zeta = Quantile(logits, Noise.Logistic(FullShape(logits, sampleShape), logits, rng));
        return new(zeta, (logits + LogRatio(zeta)).sigmoid());
    }
}
