using System.Numerics;
using Heaviside.OrTools;
using Heaviside.Structured;

namespace Heaviside.Tests.Structured;

/// <summary>What CpSat claims beyond the laws of all oracles: the answer of exact arithmetic, whatever the scores.</summary>
public class CpSatTests
{
    // Whole numbers, halves and zeros, whose sums in double precision are exact: ties are everywhere.
    [Fact]
    public void Maximize_ThousandsWithTies_EqualsExhaustiveSearch()
    {
        const int Count = 400;
        double[][] values = [[-1, 0, 1], [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], [0, 0, 0, 0, 3, -4], [1e6, -1e6, 0, 1], [1L << 40, -1, 1, -(1L << 40), 0.25]];
        var random = new Random(1);
        foreach (var bits in (int[])[2, 3, 4, 5, 7])
            foreach (var set in values)
                ShouldAgree(bits, Count / bits, set, random);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Maximize_AnySizes_EqualsExactSums(int bits)
    {
        double[] values = [0, -0.0, 1e300, -1e300, 1, -1, 0.1, -0.1, 1e-300, -1e-300, double.Epsilon, -double.Epsilon, double.MaxValue, -double.MaxValue, 1 + 1e-16, -1 - 2.3e-16, 1e16];
        var random = new Random(bits);
        var solver = new CpSatSolver();
        var best = new double[bits];
        for (var problem = 0; problem < 60; problem++)
        {
            var (unary, pairwise) = (Draw(bits, values, random), Draw(BitPairs.Count(bits), values, random));
            solver.Solve(unary, pairwise, best);
            best.ShouldBe(Exact(unary, pairwise), $"problem {problem}: {string.Join(", ", unary)}; {string.Join(", ", pairwise)}");
        }
    }

    // 1 + 2^-52 and 1 - 2^-53 - ...: as sums of doubles some of these are equal, and they are not.
    [Fact]
    public void Maximize_ScoresThatSumsOfDoublesCannotTellApart_TakesTheBetter()
    {
        double[] unary = [1e16, 1e16, 1, -1e-30], pairwise = [-2e16, 0, 0, 1, 0.5, 1];
        var best = new double[4];
        new CpSatSolver().Solve(unary, pairwise, best);
        best.ShouldBe(Exact(unary, pairwise));
        best.ShouldBe([0, 1, 1, 1]);
        new CpSatSolver().Solve([1e16, 1e16, 1], [-1e17, 0, 0], best.AsSpan(0, 3));
        best[..3].ShouldBe([0, 1, 1]);
    }

    // 2^-1074 is all that one is better by; the program of its sums has thousands of digits.
    [Fact]
    public void Maximize_DifferenceOfTheSmallestDouble_IsSeen()
    {
        var best = new double[3];
        new CpSatSolver().Solve([1e300, 1e300, double.Epsilon], [double.MinValue, 0, 0], best);
        best.ShouldBe([0, 1, 1]);
        new CpSatSolver().Solve([Math.BitIncrement(1e300), 1e300, -double.Epsilon], [double.MinValue, 0, 0], best);
        best.ShouldBe([1, 0, 0]);
    }

    [Fact]
    public void Maximize_AllZeros_IsTheLowest()
    {
        var best = new double[70];
        Array.Fill(best, 7);
        new CpSatSolver().Solve(new double[70], new double[BitPairs.Count(70)], best);
        best.ShouldAllBe(z => z == 0);
    }

    [Fact]
    public void Maximize_MoreBitsThanOthersTake_FindsTheLowestOfTheBest()
    {
        // Pairs (0, 1), (2, 3), ... that exclude each other: one of each two is 1, and of equals the later.
        const int Bits = 80;
        var pairwise = new double[BitPairs.Count(Bits)];
        for (var i = 0; i < Bits; i += 2) pairwise[BitPairs.Index(i, i + 1, Bits)] = -2;
        var best = new double[Bits];
        new CpSatSolver().Solve(Enumerable.Repeat(1.0, Bits).ToArray(), pairwise, best);
        best.ShouldBe(Enumerable.Range(0, Bits).Select(i => (double)(i % 2)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Maximize_NotFinite_IsRefusedByName(double bad)
    {
        var (good, wrong) = (torch.zeros([1, 3], torch.float64), torch.tensor([0, bad, 1], [1, 3]));
        Should.Throw<NonFiniteException>(() => new CpSat().Maximize(wrong, good)).Message.ShouldStartWith("unary: expected finite scores");
        Should.Throw<NonFiniteException>(() => new CpSat().Maximize(good, wrong)).Message.ShouldStartWith("pairwise: expected finite scores");
    }

    [Fact]
    public void Maximize_SeveralThreadsOfTheCaller_AllGetTheSame()
    {
        var oracle = new CpSat();
        var (unary, pairwise) = OracleCase.Of("cp-sat").Problems(10, 6, isRounded: true);
        var expected = oracle.Maximize(unary, pairwise).ToArray<double>();
        var results = new double[4][];
        Parallel.For(0, results.Length, k => results[k] = oracle.Maximize(unary, pairwise).ToArray<double>());
        results.ShouldAllBe(r => r.SequenceEqual(expected));
    }

    [Fact]
    public void WholeScores_OfDoubles_AreThemInOneUnit()
    {
        WholeScores.Of([0.75, -2], [0, 1e-3 * 0, 3]).ShouldBe([3, -8, 0, 0, 12]);
        WholeScores.Of([double.Epsilon, 1], []).ShouldBe([1, BigInteger.One << 1074]);
        WholeScores.Of([0, 0], [0]).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void MissingRuntime_LibraryThatIsNotThere_NamesThePackage()
    {
        var error = new TypeInitializationException("x", new DllNotFoundException("google-ortools-native"));
        MissingRuntime.Explain(error)!.Message.ShouldMatch("add the package Google.OrTools.runtime.(linux|osx|win)-(x64|arm64) to the program");
        MissingRuntime.Explain(new InvalidOperationException()).ShouldBeNull();
    }

    private static void ShouldAgree(int bits, int count, double[] values, Random random)
    {
        var unary = torch.tensor(Draw(count * bits, values, random), [count, bits]);
        var pairwise = torch.tensor(Draw(count * BitPairs.Count(bits), values, random), [count, BitPairs.Count(bits)]);
        new CpSat().Maximize(unary, pairwise).ToArray<double>().ShouldBe(new ExhaustiveSearch().Maximize(unary, pairwise).ToArray<double>(), $"{bits} bits: {string.Join(", ", values)}");
    }

    private static double[] Draw(int count, double[] values, Random random) => Array.ConvertAll(new double[count], _ => values[random.Next(values.Length)]);

    private static double[] Exact(double[] unary, double[] pairwise)
    {
        var whole = WholeScores.Of(unary, pairwise);
        return BruteForce.All(unary.Length).MaxBy(z =>
        {
            var score = BigInteger.Zero;
            for (int i = 0, p = unary.Length; i < z.Length; i++)
            {
                if (z[i] == 1) score += whole[i];
                for (var j = i + 1; j < z.Length; j++, p++)
                    if (z[i] * z[j] == 1) score += whole[p];
            }

            return score;
        })!;
    }
}
