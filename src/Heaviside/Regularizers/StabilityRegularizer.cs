
namespace Heaviside.Regularizers;

/// <summary>Noise stability, clipped at a largest value so that outputs do not saturate.</summary>
/// <remarks>
/// <para>S_d = mean over the batch of f_d(z + e) f_d(z + e'), an unbiased estimate of the stability averaged over z; the
/// maximand is the sum or the mean of min(S_d, alpha). An output whose estimate is above alpha gets no gradient.</para>
/// <para>Without the clip (alpha = 1) the constant f = 1 is a maximizer, with stability 1, and so is a softmax that always
/// gives one class: the stability grows with the mean of f as well. With it, outputs are pushed towards 1 until S_d = alpha.
/// For K classes, alpha = 1/K per dimension is reached by all classes only if each is used equally often.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), algorithm 1.</para>
/// </remarks>
public sealed class StabilityRegularizer : NoiseStability
{
    /// <summary>The correlation of the noises, between 0 and 1, both excluded; default 0.9.</summary>
    public double Rho { get; init => field = Correlation(value, nameof(Rho)); } = 0.9;

    /// <summary>The stability above which nothing is gained, greater than 0 and at most 1; default 0.9. At 1 nothing is clipped.</summary>
    public double Alpha
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Alpha), value, "must be greater than 0 and at most 1");
    } = 0.9;

    /// <summary>What is clipped; default each output.</summary>
    public StabilityClip Clip { get; init; } = StabilityClip.PerDimension;

    /// <inheritdoc/>
    private protected override (Tensor Terms, Tensor Stability) Terms(Tensor e, Tensor output, Func<Tensor, Tensor> at, Generator rng)
    {
        var each = Stability(output, at(Correlate(e, Rho, Distributions.Noise.Normal(e.shape, e, rng))));
        var stability = Clip == StabilityClip.PerGroup ? each.sum(-1) : each;
        return (stability.clamp(0, Alpha), stability);
    }
}
