using Heaviside.Structured;

namespace Heaviside.Tests.Structured;

/// <summary>What single oracles claim beyond the laws of all.</summary>
public class PairwiseOracleTests
{
    [Theory]
    [InlineData(15)]
    [InlineData(40)]
    public void MaxFlow_LargerProblems_AgreesWithBranchAndBound(int bits)
    {
        var (unary, pairwise) = OracleCase.Of("max-flow").Problems(10, bits, isRounded: false);
        var best = new MaxFlow().Maximize(unary, pairwise);
        best.ToArray<double>().ShouldBe(new BranchAndBound().Maximize(unary, pairwise).ToArray<double>());
        best.mean().Number().ShouldBeInRange(0.1, 0.9); // or the problems would be trivial
    }

    // Enough bits for the tables of the search to be walked several levels deep.
    [Theory]
    [InlineData(14, false)]
    [InlineData(16, true)]
    public void ExhaustiveSearch_MoreBitsThanItsTable_AgreesWithBranchAndBound(int bits, bool isRounded)
    {
        var (unary, pairwise) = OracleCase.Of("exhaustive").Problems(10, bits, isRounded);
        new ExhaustiveSearch().Maximize(unary, pairwise).ToArray<double>().ShouldBe(new BranchAndBound().Maximize(unary, pairwise).ToArray<double>());
    }

    [Fact]
    public void BranchAndBound_BitsThatExcludeEachOther_FindsTheOneWorthMost()
    {
        // The mean of the best spins is far from 0 here: a single one of 30.
        var unary = torch.arange(1, 31, torch.float64).unsqueeze(0);
        var best = new BranchAndBound().Maximize(unary, torch.full([1, BitPairs.Count(30)], -100, torch.float64));
        best.ToArray<double>().ShouldBe([.. new double[29], 1]);
    }

    [Fact]
    public void BranchAndBound_DensePairs_LeavesNearlyAllAssignmentsOut()
    {
        var (unary, pairwise) = OracleCase.Of("branch-and-bound").Problems(5, 20, isRounded: false);
        var solver = new RussianDollSolver(20);
        var best = new double[20];
        for (var b = 0; b < 5; b++) solver.Solve(unary[b].ToArray<double>(), pairwise![b].ToArray<double>(), best);
        solver.Nodes.ShouldBeLessThan(5 * (1 << 20) / 100);
    }

    [Fact]
    public void MaxFlow_NegativePair_IsRefusedByName()
    {
        var pairwise = torch.tensor([1.0, 0, 2, 3, 0.5, -0.25], [2, 3]);
        Should.Throw<ArgumentException>(() => new MaxFlow().Maximize(torch.zeros([2, 3]), pairwise)).Message
            .ShouldContain("got -0.25 for bits 1 and 2 of example 1");
    }

    [Fact]
    public void Sizes_ThatAnOracleCannotTake_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new ExhaustiveSearch().Maximize(torch.zeros([1, 23]))).Message.ShouldContain("BranchAndBound");
        Should.Throw<ArgumentException>(() => new BranchAndBound().Maximize(torch.zeros([1, 65]))).Message.ShouldContain("up to 64 bits");
        Should.Throw<ArgumentException>(() => new TopK { Ones = 4 }.Maximize(torch.zeros([1, 3]))).Message.ShouldContain("at least 4 bits");
        Should.Throw<ArgumentException>(() => new SpanningTree().Maximize(torch.zeros([1, 4]))).Message.ShouldContain("V (V - 1) / 2");
        Should.Throw<ArgumentException>(() => new Permutation().Maximize(torch.zeros([1, 5]))).Message.ShouldContain("n^2");
        Should.Throw<ArgumentOutOfRangeException>(() => new TopK { Ones = 0 }).Message.ShouldContain("Ones");
        Should.Throw<InvalidOperationException>(() => new BranchAndBound().Enumerate(23)).Message.ShouldContain("8.38861E+06");
    }

    [Fact]
    public void BitPairs_EveryPlace_IsThatOfItsPair()
    {
        var pairs = Enumerable.Range(0, BitPairs.Count(5)).Select(p => BitPairs.At(p, 5)).ToList();
        pairs.ShouldBe([(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)]);
        pairs.Select(p => BitPairs.Index(p.I, p.J, 5)).ShouldBe(Enumerable.Range(0, 10));
        BitPairs.Products(torch.tensor([2.0, 3, 5], [1, 3])).ToArray<double>().ShouldBe([6, 10, 15]);
    }
}
