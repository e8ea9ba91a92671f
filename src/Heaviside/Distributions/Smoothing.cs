using Heaviside.Kernels;

namespace Heaviside.Distributions;

/// <summary>A law r(zeta | z) on [0, 1] by which a bit z is smoothed: the larger beta, the nearer zeta is to z.</summary>
/// <remarks>
/// <para>If z is 1 with probability q = sigmoid(logit), zeta follows the mixture (1 - q) r(zeta | 0) + q r(zeta | 1). Unlike z it has a
/// derivative: at a fixed level of the mixture's distribution function, d zeta/dq = (R(zeta | 0) - R(zeta | 1)) / ((1 - q) r(zeta | 0)
/// + q r(zeta | 1)), for any smoothing, with R the distribution functions. Where the mixture's quantiles have a closed form, their derivative is the same.</para>
/// <para>All functions are of single elements; shapes broadcast. Logits beyond 50 and draws next to 0 and 1 are safe in single precision.</para>
/// <para>Reference: Rolfe 2016, arXiv:1609.02200; Vahdat et al. 2018, arXiv:1802.04920; implicit derivatives: Figurnov, Mohamed, Mnih 2018, arXiv:1805.08498.</para>
/// </remarks>
public abstract class Smoothing
{
    /// <summary>The largest beta: e^beta is in the range of single precision.</summary>
    internal const double MostBeta = 80;

    private protected Smoothing(double beta, double least) => Beta = beta >= least && beta <= MostBeta
        ? beta
        : throw new ArgumentOutOfRangeException(nameof(beta), beta, FormattableString.Invariant($"must be between {least} and {MostBeta}"));

    /// <summary>The inverse temperature.</summary>
    public double Beta { get; }

    /// <summary>R(zeta | z), the probability to be at most <paramref name="zeta"/>: shape of <paramref name="zeta"/>.</summary>
    /// <param name="zeta">In [0, 1].</param>
    /// <param name="bit">z, 0 or 1.</param>
    public abstract Tensor Cdf(Tensor zeta, int bit);

    /// <summary>log r(zeta | z), finite everywhere: shape of <paramref name="zeta"/>.</summary>
    /// <param name="zeta">In [0, 1].</param>
    /// <param name="bit">z, 0 or 1.</param>
    public abstract Tensor LogDensity(Tensor zeta, int bit);

    /// <summary>Draws from the mixtures of logits.</summary>
    /// <param name="logits">The log-odds of the bits; not NaN.</param>
    /// <param name="sampleShape">How many draws of each; empty for one without a dimension of its own.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <exception cref="NonFiniteException">A logit is NaN.</exception>
    public SmoothedBits Draw(Tensor logits, ReadOnlySpan<long> sampleShape, Generator rng) => DrawOf(Numbers.NotNaN(logits), sampleShape, rng);

    /// <summary>log r(zeta | 1) / r(zeta | 0), by which zeta moves the logit of its bit: shape of <paramref name="zeta"/>.</summary>
    public virtual Tensor LogRatio(Tensor zeta) => LogDensity(zeta, 1) - LogDensity(zeta, 0);

    /// <summary>The derivative of a draw with respect to its logit, without a gradient: the broadcast shape of both.</summary>
    public virtual Tensor Slope(Tensor logits, Tensor zeta)
    {
        using var noGrad = torch.no_grad();
        return Slope(logits, Cdf(zeta, 0) - Cdf(zeta, 1), LogDensity(zeta, 0), LogDensity(zeta, 1));
    }

    /// <summary>Draws from the mixtures of logits that have been checked.</summary>
    protected abstract SmoothedBits DrawOf(Tensor logits, ReadOnlySpan<long> sampleShape, Generator rng);

    // dx/dl = (R0 - R1) / (f0 / q + f1 / (1 - q)) in logarithms, of an increasing function x of zeta with densities f0 and f1.
    private protected static Tensor Slope(Tensor logits, Tensor gap, Tensor logDensity0, Tensor logDensity1) =>
        (gap.clamp_min(0).log() - (logDensity0 + Softplus(-logits)).logaddexp(logDensity1 + Softplus(logits))).exp();

    // The threshold is where log(1 + e^x) is x in double precision too.
    private protected static Tensor Softplus(Tensor x) => x.softplus(threshold: 40);

    private protected static long[] FullShape(Tensor logits, ReadOnlySpan<long> sampleShape) => [.. sampleShape.ToArray(), .. logits.shape];
}
