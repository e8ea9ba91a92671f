using Heaviside.Structured;

namespace Heaviside.Tests.Structured;

/// <summary>Laws that every argmax oracle of the catalogue keeps.</summary>
public class ArgmaxOracleTests
{
    public static TheoryData<string> Names => [.. ArgmaxOracleCatalog.All.Names];

    public static TheoryData<string> WithPairs => [.. ArgmaxOracleCatalog.All.Names.Where(n => n is not "independent" && OracleCase.Of(n).Oracle.TakesPairs)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Maximize_RandomScores_EqualsBruteForce(string name)
    {
        foreach (var bits in OracleCase.Of(name).Sizes) ShouldEqualBruteForce(name, bits, isRounded: false, 30);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maximize_Ties_TakesTheLowest(string name)
    {
        foreach (var bits in OracleCase.Of(name).Sizes) ShouldEqualBruteForce(name, bits, isRounded: true, 60);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maximize_AllEqualOrExtremeScores_EqualsBruteForce(string name)
    {
        var test = OracleCase.Of(name);
        var bits = test.Sizes[^1];
        var random = new Random(5);
        foreach (var values in (double[][])[[0], [1], [-1], [1e6, -1e6, 0], [1e6, 1e-6, -1e6, -1e-6, 1], [-0.0, 0]])
        {
            var unary = Array.ConvertAll(new double[bits], _ => values[random.Next(values.Length)]);
            var pairs = Array.ConvertAll(new double[BitPairs.Count(bits)], _ => Math.Max(values[random.Next(values.Length)], test.LeastPair * double.MaxValue));
            var pairwise = test.Oracle.TakesPairs ? pairs : null;
            var best = test.Oracle.Maximize(torch.tensor(unary, [1, bits]), pairwise is null ? null : torch.tensor(pairwise, [1, pairs.Length])).ToArray<double>();
            best.ShouldBe(BruteForce.Maximize(unary, pairwise, test.IsAllowed).Best, $"{name}: {string.Join(", ", values)}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maximize_SinglePrecisionWithoutPairs_HasTypeAndValueOfTheScores(string name)
    {
        var test = OracleCase.Of(name);
        var bits = test.Sizes[^1];
        var unary = test.Problems(5, bits, isRounded: false).Unary.@float().requires_grad_();
        var best = test.Oracle.Maximize(unary);
        (best.dtype, best.requires_grad).ShouldBe((ScalarType.Float32, false));
        best.shape.ShouldBe([5, bits]);
        for (var b = 0; b < 5; b++)
            best[b].@double().ToArray<double>().ShouldBe(BruteForce.Maximize(unary[b].@double().detach().ToArray<double>(), null, test.IsAllowed).Best);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maximize_ManyThreads_DoesNotDependOnTheirNumber(string name)
    {
        var test = OracleCase.Of(name);
        var (unary, pairwise) = test.Problems(257, test.Sizes[^1], isRounded: true);
        var threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(1);
            var alone = test.Oracle.Maximize(unary, pairwise).ToArray<double>();
            torch.set_num_threads(3);
            test.Oracle.Maximize(unary, pairwise).ToArray<double>().ShouldBe(alone);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Enumerate_EachSize_ListsTheAllowedAssignmentsInOrder(string name)
    {
        var test = OracleCase.Of(name);
        foreach (var bits in test.Sizes)
        {
            var expected = BruteForce.All(bits).Where(test.IsAllowed).ToArray();
            var table = test.Oracle.Enumerate(bits);
            table.shape.ShouldBe([expected.Length, bits]);
            table.@double().ToArray<double>().ShouldBe(expected.SelectMany(z => z));
            test.Oracle.Assignments(bits).ShouldBe(expected.Length, 1e-9);
            test.Oracle.IsFree.ShouldBe(expected.Length == 1 << bits || (bits == 1 && test.Oracle.IsFree));
        }
    }

    [Theory]
    [MemberData(nameof(WithPairs))]
    public void Maximize_MixedWithOtherSizes_KeepsNothingOfThem(string name)
    {
        var test = OracleCase.Of(name);
        var (small, large) = (test.Problems(3, 5, isRounded: false), test.Problems(3, 12, isRounded: false));
        var expected = OracleCase.Of(name).Oracle.Maximize(small.Unary, small.Pairwise).ToArray<double>();
        test.Oracle.Maximize(large.Unary, large.Pairwise);
        test.Oracle.Maximize(test.Problems(9, 5, isRounded: true, seed: 2).Unary, test.Problems(9, 5, isRounded: true, seed: 3).Pairwise);
        test.Oracle.Maximize(small.Unary, small.Pairwise).ToArray<double>().ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(WithPairs))]
    public void Maximize_ThreeNodesWorkedByHand_IsAllOnes(string name)
    {
        double[] unary = [0.4, -0.9, -0.2], pairwise = [0.8, 0.3, 1.1];
        var best = OracleCase.Of(name).Oracle.Maximize(torch.tensor(unary, [1, 3]), torch.tensor(pairwise, [1, 3])).ToArray<double>();
        best.ShouldBe([1, 1, 1]);
        BruteForce.Score(best, unary, pairwise).ShouldBe(1.5, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maximize_WrongInput_IsRefused(string name)
    {
        var oracle = OracleCase.Of(name).Oracle;
        var bits = OracleCase.Of(name).Sizes[1];
        Should.Throw<ArgumentException>(() => oracle.Maximize(torch.zeros([bits]))).Message.ShouldContain("unary: expected shape [B, N]");
        Should.Throw<ArgumentException>(() => oracle.Maximize(torch.zeros([2, 0]))).Message.ShouldContain("at least 1 bit");
        Should.Throw<NonFiniteException>(() => oracle.Maximize(torch.zeros([2, bits]) / 0)).Message.ShouldContain("expected finite scores");
        Should.Throw<ArgumentException>(() => oracle.Maximize(torch.zeros([2, bits]), torch.zeros([2, 99]))).Message.ShouldContain(
            oracle.TakesPairs ? $"expected shape [2, {BitPairs.Count(bits)}], got [2, 99]" : "takes no scores of pairs");
    }

    [Fact]
    public void Find_NameNearlyRight_SuggestsIt() =>
        Should.Throw<InputException>(() => ArgmaxOracleCatalog.All.Find("maxflow")).Message.ShouldContain("max-flow");

    [Fact]
    public void Find_NameOfTheSolverThatIsGone_SaysWhatToWrite() =>
        Should.Throw<InputException>(() => ArgmaxOracleCatalog.All.Find("cbc")).Message.ShouldBe("the argmax oracle 'cbc' is gone: write 'cp-sat', which takes the same scores");

    [Fact]
    public void Add_NameThatIsTaken_IsRefused()
    {
        var before = ArgmaxOracleCatalog.All.Names;
        Should.Throw<ArgumentException>(() => ArgmaxOracleCatalog.All.Add(new("max-flow", "", "exact", () => new MaxFlow()))).Message.ShouldContain("'max-flow' already");
        ArgmaxOracleCatalog.All.Names.ShouldBe(before);
    }

    private static void ShouldEqualBruteForce(string name, int bits, bool isRounded, int count)
    {
        var test = OracleCase.Of(name);
        var (unary, pairwise) = test.Problems(count, bits, isRounded);
        var best = test.Oracle.Maximize(unary, pairwise);
        for (var b = 0; b < count; b++)
        {
            var (expected, _) = BruteForce.Maximize(unary[b].ToArray<double>(), pairwise?[b].ToArray<double>(), test.IsAllowed);
            best[b].ToArray<double>().ShouldBe(expected, $"{name}, {bits} bits, problem {b}");
        }
    }
}
