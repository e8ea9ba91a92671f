using Heaviside.Distributions;
using Heaviside.Priors;

namespace Heaviside.Tests.Distributions;

/// <summary>All values of a few bits, some of them with a grid of values of zeta: expectations under a smoothed chain without sampling.</summary>
internal sealed class SmoothedQuadrature
{
    private readonly int points;

    /// <summary>A grid of equally likely zeta for the first of some bits; the others' zeta, 0, must not be looked at.</summary>
    public SmoothedQuadrature(Smoothing smoothing, int bits, int smoothed, int nodes)
    {
        points = (int)Math.Pow(nodes, smoothed);
        var levels = (torch.arange(nodes, torch.float64) + 0.5) / nodes;
        Tensor[] given = [Invert(zeta => smoothing.Cdf(zeta, 0), levels), Invert(zeta => smoothing.Cdf(zeta, 1), levels)];
        var z = BoltzmannMachine.States(bits, 0, 1L << bits).unsqueeze(1);
        var number = torch.arange(points, torch.int64);
        var zeta = Enumerable.Range(0, bits).Select(i =>
        {
            var own = z.select(-1, i);
            if (i >= smoothed) return torch.zeros([z.size(0), points], torch.float64);
            var node = number.div(torch.tensor([(long)Math.Pow(nodes, i)]), torch.RoundingMode.floor).remainder(nodes);
            return ((1 - own) * given[0].index_select(0, node)) + (own * given[1].index_select(0, node));
        });
        Bits = z.expand([-1, points, -1]).reshape([-1, 1, bits]);
        Zeta = torch.stack([.. zeta], -1).reshape([-1, 1, bits]);
    }

    /// <summary>z, shape <c>[R, 1, N]</c>.</summary>
    public Tensor Bits { get; }

    /// <summary>zeta, the same shape.</summary>
    public Tensor Zeta { get; }

    /// <summary>The log-probability of z given the zeta before, shape <c>[R, 1]</c>, of a chain for one example.</summary>
    public Tensor LogProb(StochasticChain q)
    {
        long[] sizes = [.. q.LayerShapes.Select(s => s[0])];
        var (z, zeta) = (Bits.split(sizes, -1), Zeta.split(sizes, -1));
        return z.Select((own, i) => StochasticChain.LayerLogProb(q.Law(zeta[..i]), own)).Aggregate((a, b) => a + b);
    }

    /// <summary>E[f] of values <c>[R, 1]</c> at the rows.</summary>
    public Tensor Expect(StochasticChain q, Tensor f) => (LogProb(q).exp() * f).sum() / points;

    /// <summary>Where an increasing function of [0, 1] reaches some levels, by bisection.</summary>
    public static Tensor Invert(Func<Tensor, Tensor> increasing, Tensor levels)
    {
        var (low, high) = (torch.zeros_like(levels), torch.ones_like(levels));
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var below = increasing(middle).lt(levels);
            (low, high) = (torch.where(below, middle, low), torch.where(below, high, middle));
        }

        return high;
    }
}
