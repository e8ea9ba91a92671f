using Heaviside.Configuration;
using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>REINFORCE with a leave-one-out baseline on n samples of categories that avoid taking the same class.</summary>
/// <remarks>
/// <para>Approximates d/dlogit_c E[f(b)] with 1/(n (n - 1)) sum over pairs i &lt; j of (f(b_i) - f(b_j)) (b_ic - b_jc) r_ij,
/// where r_ij is the probability of the variable's two classes in independent samples, divided by that in these;
/// requires categories, and nothing of f. A constant in f changes no draw. For two classes it is <see cref="Arms"/>.</para>
/// <para>How the samples are drawn: classes in order of increasing probability, each is taken where the uniform number
/// u of its own Dirichlet copula is below its probability given that none before it was taken (stick-breaking). Any
/// two classes can come together, and r, a product over the classes up to the first of the two, is less than 2.</para>
/// <para>Shapes: with n = Samples, L layers and P = n L, f is evaluated at [P, B, ...] as one batch; Value is [P, B].</para>
/// <para>Reference: Dimitriev, Zhou 2021, arXiv:2110.14002. Deviations: stick-breaking in place of the inverse
/// distribution function averaged over orders of the classes (CARMS-I), whose table costs K^4 per variable; several layers as in ARM.</para>
/// </remarks>
[OptionRange(nameof(Samples), Least = 2)]
public sealed class Carms() : CoupledEstimator(samples: 4)
{
    /// <inheritdoc/>
    protected override int Draws => 1;

    /// <summary>The samples of given Gumbel noise, <c>[n, G, B, ..., K - 1]</c>.</summary>
    internal static CoupledPoints At(OneHotCategorical law, Tensor noise)
    {
        using var _ = torch.no_grad();
        var n = noise.size(0);
        if (law.Classes == 1) return Certain(law, noise);
        var (probs, order) = law.Mean.sort();
        var stick = Stick(probs);
        // The number of classes passed over before one is taken; the last is taken if no other was.
        var place = DirichletCopula.Uniforms(noise).ge(stick).to(torch.int64).cumprod(-1).sum(-1);
        var index = order.expand([.. place.shape, law.Classes]).gather(-1, place.unsqueeze(-1));
        var b = torch.zeros([.. place.shape, law.Classes], probs.dtype, probs.device).ScatterOnes(index);

        var first = torch.minimum(place.unsqueeze(0), place.unsqueeze(1)).clamp_max(law.Classes - 2);
        var ratios = Ratios(stick, n);
        var r = ratios.expand([.. first.shape, law.Classes - 1]).gather(-1, first.unsqueeze(-1));
        return new(b, f => (((f.unsqueeze(1) - f.unsqueeze(0)) * r).sum(1) * b).sum(dim: 0) / (n * (n - 1.0)));
    }

    // A single class is drawn always, and its logit changes nothing.
    private static CoupledPoints Certain(OneHotCategorical law, Tensor noise)
    {
        var points = torch.ones([.. noise.shape[..^1], 1], law.Logits.dtype, law.Logits.device);
        return new(points, _ => torch.zeros_like(points[0]));
    }

    /// <summary>r for two classes of which the first is at each place, of probabilities in increasing order, shape <c>[..., K]</c>.</summary>
    /// <returns>Shape <c>[..., K - 1]</c>.</returns>
    internal static Tensor RatiosOf(Tensor probs, long n) => Ratios(Stick(probs), n);

    /// <inheritdoc/>
    protected override long PointsPerDraw(FactorialDistribution law) => Samples;

    /// <inheritdoc/>
    protected override CoupledPoints Draw(FactorialDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var categories = Require<OneHotCategorical>(law);
        return At(categories, Noise.Gumbel([Samples, .. sampleShape.ToArray(), .. categories.BatchShape, categories.Classes - 1], categories.Logits, rng));
    }

    // p_k / (p_k + ... + p_K) for k < K: at most 1 / (K - k + 1), since the order is increasing.
    private static Tensor Stick(Tensor probs)
    {
        var left = probs.flip([-1]).cumsum(-1).flip([-1]);
        return (probs / left).narrow(-1, 0, probs.size(-1) - 1);
    }

    // Both samples pass over the classes before the first of the two, then one of them takes it.
    private static Tensor Ratios(Tensor stick, long n)
    {
        var passed = (1 - stick).square() / (1 - (2 * stick) + DirichletCopula.Both(stick, n));
        var before = torch.cat([torch.ones_like(stick.narrow(-1, 0, 1)), passed.narrow(-1, 0, stick.size(-1) - 1)], -1);
        return before.cumprod(-1) * DirichletCopula.Ratio(stick, n);
    }
}
