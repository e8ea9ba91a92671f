using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>The Concrete law on the simplex: y = softmax((logits + Gumbel noise) / temperature). arXiv:1611.00712, arXiv:1611.01144</summary>
/// <param name="logits">Unnormalized log-probabilities, shape <c>BatchShape + [K]</c>; less than infinity, and at least one of each K finite.</param>
/// <param name="temperature">From 1e-6 to 1e6; towards 0 the draws become one-hot, and the density of a coordinate that
/// rounds to 0 is taken at the smallest normal number.</param>
/// <exception cref="NonFiniteException">A logit is NaN or infinity, or all of one variable are minus infinity.</exception>
/// <exception cref="ArgumentException">There is no class, the logits are neither in single nor in double precision, or the temperature is out of range.</exception>
public sealed class RelaxedOneHotCategorical(Tensor logits, double temperature) : ReparameterizedDistribution
{
    private readonly Tensor logits = Numbers.LogProbabilities(logits);
    private readonly double temperature = TemperatureRange.Require(temperature);

    /// <inheritdoc/>
    public override long[] BatchShape => logits.shape[..^1];

    /// <inheritdoc/>
    public override long[] EventShape => [logits.size(-1)];

    /// <inheritdoc/>
    public override Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => Transform(Noise.Gumbel(FullShape(sampleShape), logits, rng));

    /// <summary>The draw that given standard Gumbel noise leads to; shape of the noise, ending in <c>BatchShape + [K]</c>.</summary>
    public Tensor Transform(Tensor noise)
    {
        Shape.RequireSuffix(noise, [.. BatchShape, .. EventShape]);
        return Softmax.Of(logits + noise, temperature);
    }

    // (K-1)! T^(K-1) prod_k pi_k y_k^(-T-1) / (sum_k pi_k y_k^-T)^K, in logarithms.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var k = logits.size(-1);
        var logY = value.clamp_min(Precision.Smallest(value)).log();
        var score = logits.log_softmax(-1) - (temperature * logY);
        var constant = MathNet.Numerics.SpecialFunctions.GammaLn(k) + ((k - 1) * Math.Log(temperature));
        return constant + (score - logY).sum(-1) - (k * score.logsumexp(-1));
    }
}
