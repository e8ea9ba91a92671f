using Heaviside.OrTools;
using Heaviside.Structured;

namespace Heaviside.Tests.Structured;

/// <summary>What an oracle of the catalogue claims: numbers of bits to try, pair scores that it takes, assignments that it allows.</summary>
internal sealed record OracleCase(ArgmaxOracle Oracle, int[] Sizes, double LeastPair, Func<double[], bool> IsAllowed)
{
    private static readonly int[] Any = [1, 2, 3, 5, 9, 12];

    /// <summary>The claims of an oracle by its name.</summary>
    public static OracleCase Of(string name) => name switch
    {
        "independent" => new(new IndependentBits(), Any, 0, _ => true),
        "exhaustive" => new(new ExhaustiveSearch(), Any, -1, _ => true),
        "branch-and-bound" => new(new BranchAndBound(), Any, -1, _ => true),
        "max-flow" => new(new MaxFlow(), Any, 0, _ => true),
        "cp-sat" => new(new CpSat(), [1, 2, 3, 5, 9], -1, _ => true),
        "top-k" => new(new TopK { Ones = 3 }, [3, 4, 8, 12], 0, z => z.Sum() == 3),
        "spanning-tree" => new(new SpanningTree(), [1, 3, 6, 10], 0, z => BruteForce.IsTree(z, (int)Math.Sqrt(2 * z.Length) + 1)),
        "permutation" => new(new Permutation(), [1, 4, 9], 0, z => BruteForce.IsPermutation(z, (int)Math.Sqrt(z.Length))),
        _ => throw new ArgumentException($"no test case for the oracle {name}", nameof(name)),
    };

    /// <summary>Normal scores, pair scores of the kind that the oracle takes; rounded to whole numbers there are many ties.</summary>
    public (Tensor Unary, Tensor? Pairwise) Problems(int count, int bits, bool isRounded, ulong seed = 1)
    {
        using var rng = new Generator(seed);
        var unary = 2 * torch.randn([count, bits], torch.float64, generator: rng);
        var pairwise = 1.5 * torch.randn([count, BitPairs.Count(bits)], torch.float64, generator: rng);
        if (LeastPair == 0)
        {
            pairwise = pairwise.abs();
            unary = unary - (0.6 * (bits - 1)); // else all bits are 1
        }

        if (isRounded) (unary, pairwise) = (unary.round(), pairwise.round());
        return (unary, Oracle.TakesPairs ? pairwise : null);
    }
}
