using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Heaviside.Priors;
using Heaviside.Priors.Kernels;

namespace Heaviside.Tests.Priors;

public class GibbsSamplerTests
{
    public static TheoryData<GibbsPath> Paths => [.. Enum.GetValues<GibbsPath>()];

    public static TheoryData<GibbsPath, int, int> Sizes
    {
        get
        {
            var cases = new TheoryData<GibbsPath, int, int>();
            foreach (var path in Enum.GetValues<GibbsPath>())
                foreach (var (left, right) in new[] { (8, 8), (5, 3), (1, 9), (11, 1), (2, 17) })
                    cases.Add(path, left, right);
            return cases;
        }
    }

    // One state of each chain, so that samples are independent; the limit fails for a correct sampler once in a thousand seeds.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sample_SmallMachine_HasItsMoments(GibbsPath path, int left, int right)
    {
        var machine = Machines.Restricted(left, right);
        Machines.Deviation(Sampler(machine, 20_000, path).Sample(40), Machines.Moments(machine)).ShouldBeLessThan(4.5);
    }

    [Theory]
    [InlineData("pairwise")]
    [InlineData("third order")]
    [InlineData("restricted")]
    public void SingleSite_SmallMachine_HasItsMoments(string kind)
    {
        var machine = Machines.OfKind(kind);
        using var rng = new Generator(4);
        Machines.Deviation(new SingleSiteSampler(machine, 20_000, rng).Sample(40), Machines.Moments(machine)).ShouldBeLessThan(4.5);
    }

    // Chain means are independent of each other, whatever the autocorrelation within a chain.
    [Fact]
    public void Sample_200x200_HasTheMeanEnergyOfTorch()
    {
        const int Chains = 200, Records = 30;
        var machine = Machines.Restricted(200, 200, 0.1);
        (double Mean, double Variance) Energy(GibbsPath path)
        {
            using var _ = torch.no_grad();
            var sampler = Sampler(machine, Chains, path);
            sampler.Sample(50);
            var sum = torch.zeros([Chains], torch.float64);
            for (var r = 0; r < Records; r++) sum += machine.Energy(sampler.Sample(5)).to(torch.float64) / Records;
            return (sum.mean().Number(), sum.var().Number() / Chains);
        }

        var torchs = Energy(GibbsPath.Torch);
        foreach (var path in new[] { GibbsPath.Quantized, GibbsPath.Tables })
        {
            var ours = Energy(path);
            ((ours.Mean - torchs.Mean) / Math.Sqrt(ours.Variance + torchs.Variance)).ShouldBeInRange(-4.5, 4.5);
        }
    }

    // What the quantized path decides by an approximation is what an exact decision of every unit gives.
    [Theory]
    [InlineData(200, 200, 0.1)]
    [InlineData(200, 200, 0.5)]
    [InlineData(37, 90, 1e-6)]
    [InlineData(37, 90, 0)]
    [InlineData(90, 37, 5)]
    [InlineData(3, 130, 300)]
    [InlineData(3, 5, 2000)]
    [InlineData(1, 1, 0.5)]
    public void Quantized_AnyWeights_DecidesAsExactly(int left, int right, double scale)
    {
        var machine = Machines.Restricted(left, right, scale);
        var quantized = Sampler(machine, 60, GibbsPath.Quantized).Sample(100);
        quantized.IsSame(Sampler(machine, 60, GibbsPath.Portable).Sample(100)).ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData(1e-9)]
    [InlineData(1e-5)]
    [InlineData(2.44e-4)]
    [InlineData(2.45e-4)]
    [InlineData(3e-4)]
    [InlineData(4.8e-4)]
    [InlineData(Int16Grid.CoarsestUnit)]
    public void Int16Sigmoid_EveryLogit_IsWithinItsGuard(double unit)
    {
        Skip.IfNot(Avx2.IsSupported, "the processor has no AVX2");
        var sigmoid = new Int16Sigmoid(unit);
        var largest = 0.0;
        for (var logit = (int)short.MinValue; logit <= short.MaxValue; logit++)
        {
            var exact = ((1 / (1 + Math.Exp(-logit * unit))) - 0.5) * 65536;
            largest = Math.Max(largest, Math.Abs(sigmoid.Of(Vector256.Create((short)Math.Max(logit, -short.MaxValue)))[logit & 15] - exact));
        }

        largest.ShouldBeLessThan(Int16Sigmoid.Guard - 1); // a step for the random number's own
    }

    [Theory]
    [InlineData(GibbsPath.Quantized)]
    [InlineData(GibbsPath.Tables)]
    [InlineData(GibbsPath.Portable)]
    public void Sample_AnyThreads_GivesTheSameBits(GibbsPath path)
    {
        foreach (var chains in new[] { 1, 24, 26, 103 })
        {
            var machine = Machines.Restricted(33, 21, 0.3);
            Tensor Run(int threads)
            {
                using var rng = new Generator(11);
                return new GibbsSampler(machine, chains, rng) { Path = path, Threads = threads }.Sample(7);
            }

            foreach (var threads in new[] { 2, 3 }) Run(threads).IsSame(Run(1)).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sample_SameSeed_GivesTheSameBitsAndAnotherDoesNot(GibbsPath path)
    {
        var machine = Machines.Restricted(20, 30);
        Sampler(machine, 40, path).Sample(5).IsSame(Sampler(machine, 40, path).Sample(5)).ShouldBeTrue();
        Sampler(machine, 40, path).Sample(5).IsSame(Sampler(machine, 40, path, seed: 3).Sample(5)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void StateDict_LoadedElsewhere_GoesOnBitForBit(GibbsPath path)
    {
        var machine = Machines.Restricted(13, 18);
        ShouldGoOn(Sampler(machine, 60, path), Sampler(machine, 60, path, seed: 77));
    }

    [Fact]
    public void StateDict_OfSingleSite_GoesOnBitForBit()
    {
        var machine = Machines.OfKind("pairwise");
        using var rng = new Generator(4);
        ShouldGoOn(new SingleSiteSampler(machine, 60, rng), new SingleSiteSampler(machine, 60, rng));
    }

    // Streams of different groups that were equal would make equal chains out of equal states.
    [Fact]
    public void Sample_GroupsOfChains_AreIndependent()
    {
        var machine = new RestrictedBoltzmannMachine(40, 40);
        var z = Sampler(machine, 4 * GibbsSampler.GroupSize, GibbsPath.Quantized).Sample(1);
        for (var c = GibbsSampler.GroupSize; c < z.size(0); c++)
            z[c].IsSame(z[c % GibbsSampler.GroupSize]).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sample_CertainUnits_AreWhatTheyMustBe(GibbsPath path)
    {
        var machine = new RestrictedBoltzmannMachine(6, 5);
        var sampler = Sampler(machine, 1000, path);
        sampler.Sample(1).mean().Number().ShouldBeInRange(0.4, 0.6);

        using var _ = torch.no_grad(); // the parameters are read at every call
        machine.LeftBias.copy_(torch.tensor([1000f, -50, 50, -50, 50, -50]));
        machine.Weights.slice(1, 0, 1).fill_(-100); // unit 0 is 1 all the same and turns the right side off
        machine.RightBias.fill_(50);
        var z = sampler.Sample(2);
        for (var c = 0; c < 1000; c++) z[c].ToArray<float>().ShouldBe([1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void Settings_WrongValues_AreNamed()
    {
        var machine = new RestrictedBoltzmannMachine(2, 2);
        using var rng = new Generator(1);
        Should.Throw<ArgumentOutOfRangeException>(() => new GibbsSampler(machine, 0, rng)).ParamName.ShouldBe("chains");
        Should.Throw<ArgumentOutOfRangeException>(() => new GibbsSampler(machine, 1, rng) { Threads = 0 }).ParamName.ShouldBe("Threads");
        Should.Throw<ArgumentOutOfRangeException>(() => new GibbsSampler(machine, 1, rng).Sample(-1));
    }

    public static TheoryData<GibbsPath, string, float> Unusable
    {
        get
        {
            var cases = new TheoryData<GibbsPath, string, float>();
            foreach (var path in Enum.GetValues<GibbsPath>())
                foreach (var name in new[] { "left_bias", "right_bias", "weights" })
                    foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e38f })
                        cases.Add(path, name, value);
            return cases;
        }
    }

    // One comparison with a NaN is false: it would be a unit that is 0.
    [Theory]
    [MemberData(nameof(Unusable))]
    public void Sample_ParametersThatAreNotFinite_AreRefusedByName(GibbsPath path, string name, float value)
    {
        var machine = Machines.Restricted(3, 2);
        var sampler = Sampler(machine, 4, path);
        sampler.Sample(1);
        using var _ = torch.no_grad();
        machine.state_dict()[name].flatten()[1].fill_(value);
        var message = Should.Throw<InvalidOperationException>(() => sampler.Sample(1)).Message;
        message.ShouldContain($"'{name}'");
        message.ShouldContain("not finite");
    }

    [Theory]
    [InlineData("pairwise", "bias")]
    [InlineData("third order", "weights")]
    [InlineData("restricted", "right_bias")]
    public void SingleSite_ParametersThatAreNotFinite_AreRefusedByName(string kind, string name)
    {
        var machine = Machines.OfKind(kind);
        using var _ = torch.no_grad();
        machine.state_dict()[name][1].fill_(double.NaN);
        using var rng = new Generator(4);
        Should.Throw<InvalidOperationException>(() => new SingleSiteSampler(machine, 2, rng).Sample(1)).Message.ShouldContain($"'{name}'");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sample_InTwoCalls_IsTheSameAsInOne(GibbsPath path)
    {
        var machine = Machines.Restricted(20, 30);
        ShouldNotDependOnCalls(() => Sampler(machine, 60, path));
    }

    [Fact]
    public void SingleSite_InTwoCalls_IsTheSameAsInOne()
    {
        var machine = Machines.OfKind("pairwise");
        ShouldNotDependOnCalls(() =>
        {
            using var rng = new Generator(4);
            return new SingleSiteSampler(machine, 60, rng);
        });
    }

    private static GibbsSampler Sampler(RestrictedBoltzmannMachine machine, int chains, GibbsPath path, ulong seed = 2)
    {
        using var rng = new Generator(seed);
        return new(machine, chains, rng) { Path = path };
    }

    private static void ShouldNotDependOnCalls(Func<MarkovChains> create)
    {
        var (once, twice) = (create(), create());
        twice.Sample(10);
        twice.Sample(0);
        twice.Sample(7).IsSame(once.Sample(17)).ShouldBeTrue();
        twice.Streams.IsSame(once.Streams).ShouldBeTrue();
    }

    private static void ShouldGoOn(MarkovChains chains, MarkovChains others)
    {
        chains.Sample(3);
        var saved = chains.state_dict().ToDictionary(e => e.Key, e => e.Value.clone());
        var expected = chains.Sample(4);
        others.Sample(1);
        others.LoadState(saved);
        others.Sample(4).IsSame(expected).ShouldBeTrue();
        others.Streams.IsSame(chains.Streams).ShouldBeTrue();
        chains.Sample(4).IsSame(expected).ShouldBeFalse();
    }
}
