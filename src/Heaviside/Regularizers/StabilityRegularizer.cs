using Heaviside.Configuration;

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
    /// <summary>The correlation of the noises, from 1e-6 to 1 - 1e-6; default 0.9.</summary>
    [Option("correlation of the noises of stability regularization", Least = LeastCorrelation, Most = MostCorrelation)]
    public double Rho { get; init => field = OptionInfo.Checked(this, value); } = 0.9;

    /// <summary>The stability above which nothing is gained, from 1e-6 to 1; default 0.9. At 1 nothing is clipped.</summary>
    [Option("stability above which nothing is gained; 1: no clip", Least = LeastCorrelation, Most = 1)]
    public double Alpha { get; init => field = OptionInfo.Checked(this, value); } = 0.9;

    /// <summary>What is clipped; default each group of outputs.</summary>
    [Option("what alpha is for: each output, or each variable with all its classes", Name = "stability-clip")]
    public StabilityClip Clip { get; init; } = StabilityClip.Group;

    /// <inheritdoc/>
    private protected override (Tensor Terms, Tensor Stability) Terms(Tensor e, Tensor output, Func<Tensor, Tensor> at, Generator rng)
    {
        var each = Stability(output, at(Correlate(e, Rho, Distributions.Noise.Normal(e.shape, e, rng))));
        var stability = Clip == StabilityClip.Group ? each.sum(-1) : each;
        return (stability.clamp(0, Alpha), stability);
    }
}
