
namespace Heaviside.Distributions;

/// <summary>One pass through a chain of bits, q(z_1) q(z_2 | zeta_1) q(z_3 | zeta_1, zeta_2) ..., of which every layer sees smoothed bits zeta of those before it.</summary>
/// <remarks>
/// <para>Everything here is differentiable through zeta. Given the zeta before it, the bits of a layer are independent: what is known of
/// the law of a layer is summed out. Expectations are estimates because of the zeta before it only; with one layer there are none, and they are exact.</para>
/// <para>Shapes: P points of each of B examples, N bits in all layers together.</para>
/// </remarks>
public sealed class SmoothedPath
{
    private readonly IReadOnlyList<FactorialDistribution> laws;
    private readonly IReadOnlyList<SmoothedBits> bits;

    private SmoothedPath(IReadOnlyList<FactorialDistribution> laws, IReadOnlyList<SmoothedBits> bits)
    {
        (this.laws, this.bits) = (laws, bits);
        Zeta = torch.cat([.. bits.Select(b => b.Zeta)], -1);
    }

    /// <summary>The smoothed bits of all layers, shape <c>[P, B, N]</c>.</summary>
    public Tensor Zeta { get; }

    /// <summary>Goes through the layers.</summary>
    /// <param name="q">Layers of bits, batch shape <c>[B, N_1]</c> of the first.</param>
    /// <param name="smoothing">r(zeta | z).</param>
    /// <param name="samples">How many points P of each example.</param>
    /// <param name="rng">The source of randomness.</param>
    public static SmoothedPath Draw(StochasticChain q, Smoothing smoothing, long samples, Generator rng)
    {
        List<FactorialDistribution> laws = [];
        List<SmoothedBits> bits = [];
        q.Walk(samples, (law, shape) =>
        {
            laws.Add(law);
            bits.Add(smoothing.Draw(law.Logits, shape, rng));
            return bits[^1].Zeta;
        });
        return new(laws, bits);
    }

    /// <summary>An estimate of the entropy of all bits given the zeta before them, sum_i E[H(z_i | zeta_1, ..., zeta_i-1)], in nats: shape <c>[P, B]</c>.</summary>
    public Tensor Entropy() => laws.Zip(bits).Select(l => l.First.Entropy().expand(l.Second.Zeta.shape).sum(-1)).Aggregate((a, b) => a + b);

    /// <summary>An unbiased estimate, and its gradient that of E[f(z)], for a function of degree at most 1 in each bit, such as the energy of a
    /// Boltzmann machine: shape <c>[P, B]</c>.</summary>
    /// <remarks>f(z) is a sum of the terms whose last bit is in layer 1, 2, ...: bits in the last layer of a term are independent given all zeta before
    /// and enter with their means, those of earlier ones are independent given all zeta and enter as p(z = 1 | zeta).</remarks>
    /// <param name="f">From bits <c>[P, B, N]</c>, hard or relaxed, to <c>[P, B]</c>.</param>
    public Tensor Expect(Func<Tensor, Tensor> f)
    {
        var total = f(Point(0, Mean(0)));
        for (var i = 1; i < bits.Count; i++) total = total + f(Point(i, Mean(i))) - f(Point(i, torch.zeros_like(bits[i].Zeta)));
        return total;
    }

    private Tensor Mean(int layer) => laws[layer].Mean.expand(bits[layer].Zeta.shape);

    // p(z = 1 | zeta) before a layer, 0 after it.
    private Tensor Point(int layer, Tensor own) => torch.cat(
        [.. bits.Take(layer).Select(b => b.Posterior), own, .. bits.Skip(layer + 1).Select(b => torch.zeros_like(b.Zeta))], -1);
}
