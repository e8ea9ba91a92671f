using Heaviside.Configuration;

namespace Heaviside.Structured;

/// <summary>Exactly k ones: the bits with the k highest scores.</summary>
/// <remarks>Reference: exact.</remarks>
public sealed class TopK : SummableStructure
{
    /// <summary>The number of ones k, from 1 (default) to N.</summary>
    [Option("the number of ones k", Least = 1, Most = int.MaxValue)]
    public int Ones { get; init => field = OptionInfo.Checked(this, value); } = 1;

    /// <inheritdoc/>
    protected override void RequireBits(int bits)
    {
        base.RequireBits(bits);
        if (bits < Ones) throw new ArgumentException($"top-k: expected at least {Ones} bits, got {bits}", nameof(bits));
    }

    /// <inheritdoc/>
    protected override double Count(int bits) => Subsets.Count(bits, Ones);

    /// <inheritdoc/>
    protected override void List(int bits, Span<float> table)
    {
        foreach (var ones in Subsets.Of(bits, Ones))
        {
            foreach (var i in ones) table[i] = 1;
            table = table[bits..];
        }
    }

    /// <inheritdoc/>
    protected override ArgmaxSolver NewSolver(int bits) => new Solver(Ones, bits);

    /// <inheritdoc/>
    protected override GibbsSolver NewGibbsSolver(int bits) => new SubsetSums(bits, Ones);

    private sealed class Solver(int k, int bits) : ArgmaxSolver
    {
        private readonly DescendingScores order = new(bits);

        public override void Solve(ReadOnlySpan<double> unary, ReadOnlySpan<double> pairwise, Span<double> best)
        {
            best.Clear();
            foreach (var i in order.Sort(unary)[..k]) best[i] = 1;
        }
    }
}
