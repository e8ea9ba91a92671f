using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>REINFORCE with a leave-one-out baseline on n samples of bits that avoid taking their rarer value together.</summary>
/// <remarks>
/// <para>Approximates d/dlogit_i E[f(b)] with 1/(n - 1) sum_k (f(b_k) - mean f) b_ki / (1 - rho_i), where rho_i is the
/// correlation of bit i in two of the samples, which is negative and known in closed form; requires bits, and nothing
/// of f. A constant in f changes no draw. With two samples it is <see cref="DisArm"/>; with independent ones, rho = 0,
/// it would be leave-one-out REINFORCE.</para>
/// <para>The samples come from the Dirichlet copula: n uniform numbers u, the rarer value of the bit where u is below its probability.</para>
/// <para>Shapes: with n = Samples, L layers and P = n L, f is evaluated at [P, B, ...] as one batch; Value is [P, B].</para>
/// <para>Reference: Dimitriev, Zhou 2021, arXiv:2105.14141, its ARMS-D. For several layers, n samples of each are
/// continued with fresh samples as in ARM, arXiv:1807.11143; the paper has one layer.</para>
/// </remarks>
[OptionRange(nameof(Samples), Least = 2)]
public sealed class Arms() : CoupledEstimator(samples: 4)
{
    /// <inheritdoc/>
    protected override int Draws => 1;

    /// <summary>The samples of given Gumbel noise, <c>[n, G, B, ...]</c>.</summary>
    internal static CoupledPoints At(Bernoulli law, Tensor noise)
    {
        using var _ = torch.no_grad();
        var n = noise.size(0);
        var q = (-law.Logits.abs()).sigmoid();
        var rarer = law.Logits.le(0).to(noise.dtype);
        var b = torch.where(DirichletCopula.Uniforms(noise).lt(q), rarer, 1 - rarer);
        var weight = DirichletCopula.Ratio(q, n) / (n - 1);
        return new(b, f => ((f - f.mean([0], keepdim: true)) * b).sum(dim: 0) * weight);
    }

    /// <inheritdoc/>
    protected override long PointsPerDraw(FactorialDistribution law) => Samples;

    /// <inheritdoc/>
    protected override CoupledPoints Draw(FactorialDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var bits = Require<Bernoulli>(law);
        return At(bits, Noise.Gumbel([Samples, .. sampleShape.ToArray(), .. bits.BatchShape], bits.Logits, rng));
    }
}
