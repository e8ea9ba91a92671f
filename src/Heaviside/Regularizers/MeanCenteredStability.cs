using Heaviside.Configuration;

namespace Heaviside.Regularizers;

/// <summary>The difference of two noise stabilities, which is nearly that of f minus its mean: it turns the boundary between
/// 0 and 1 without moving it.</summary>
/// <remarks>
/// <para>S_d = mean over the batch of f_d(z + e1) f_d(z + e1') - f_d(z + e2) f_d(z + e2'), with correlations rho1 > rho2. It
/// differs from the stability of f - E[f] at rho1 - rho2 by O(rho2 (rho1 - rho2)); for a linear f it is equal.</para>
/// <para>It is 0 on constants, and (asin rho1 - asin rho2) / (2 pi) on the half-space that halves the Gaussian measure. The part of f of
/// degree m counts rho1^m - rho2^m, the first degree most if rho1 + rho2 is at most 1; beyond that other functions have more than
/// half-spaces: at 0.9 and 0.5 the indicator of two opposite quadrants has 0.099, a half-space 0.095. Nothing is clipped.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), algorithm 2
/// and proposition 1.</para>
/// </remarks>
public sealed class MeanCenteredStability : NoiseStability
{
    /// <summary>The larger correlation, from 1e-6 to 1 - 1e-6; default 0.9.</summary>
    [Option("correlation of the noises of stability regularization", Name = "rho", Least = LeastCorrelation, Most = MostCorrelation)]
    public double Rho1 { get; init => field = OptionInfo.Checked(this, value); } = 0.9;

    /// <summary>The smaller correlation, from 1e-6 to below <see cref="Rho1"/>; default 0.1.</summary>
    public double Rho2
    {
        get;
        init => field = value is >= LeastCorrelation and <= MostCorrelation ? value : throw new ArgumentOutOfRangeException(nameof(Rho2), value, "must be from 1e-6 to 1 - 1e-6");
    } = 0.1;

    /// <summary>Whether the two pairs have their noises in common, which lowers the variance and saves an evaluation; default true.
    /// The algorithm as published has independent ones.</summary>
    [Option("one noise for both pairs of mean-centered stability")]
    public bool SharedNoise { get; init; } = true;

    /// <inheritdoc/>
    private protected override (Tensor Terms, Tensor Stability) Terms(Tensor e, Tensor output, Func<Tensor, Tensor> at, Generator rng)
    {
        if (Rho2 >= Rho1) throw new ArgumentException($"{nameof(Rho2)} must be less than {nameof(Rho1)}, got {Rho2} and {Rho1}");
        Tensor Fresh() => Distributions.Noise.Normal(e.shape, e, rng);
        var independent = Fresh();
        var stability = Stability(output, at(Correlate(e, Rho1, independent)));
        var (e2, output2) = (e, output);
        if (!SharedNoise)
        {
            (e2, independent) = (Fresh(), Fresh());
            output2 = at(e2);
        }

        return (stability - Stability(output2, at(Correlate(e2, Rho2, independent))), stability);
    }
}
