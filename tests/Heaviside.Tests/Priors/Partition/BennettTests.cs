using Heaviside.Priors;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors.Partition;

/// <summary>The equations of bridge sampling and MBAR, with expectations in place of samples where these are known.</summary>
public class BennettTests
{
    // All parameters multiplied by beta: with a uniform base, w is -E.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0.01)]
    public void LogRatio_Expectations_IsExactForAnyNumberOfSamples(double ratio)
    {
        var machine = Machines.TwoByTwo();
        using var _ = torch.no_grad();
        var states = -machine.Energy(machine.Enumerate());
        var values = states.ToArray<double>();
        var from0 = new GainPoints(values, [.. values.Select(_ => 1.0 / values.Length)]);
        var from1 = new GainPoints(values, (states.softmax(0) * ratio).ToArray<double>());
        BridgeSampling.LogRatio(1, from0, from1).ShouldBe(1.0650770201, 1e-9);
        MultistateBennett.FreeEnergies([0, 1], [from0, from1])[1].ShouldBe(-1.0650770201, 1e-9);
    }

    [Fact]
    public void FreeEnergies_Expectations_AreExactAtEveryBeta()
    {
        var machine = Machines.Restricted(5, 4, 1.5);
        double[] betas = [0, 0.2, 0.45, 1];
        var samples = betas.Select((beta, r) => Expectation(machine, beta, states: 10 * (r + 1))).ToList();
        var f = MultistateBennett.FreeEnergies(betas, samples);
        for (var r = 0; r < betas.Length; r++) f[r].ShouldBe(LogZ(machine, 0) - LogZ(machine, betas[r]), 1e-9);
    }

    [Theory]
    [InlineData(0.5, 50, 50)]
    [InlineData(3, 200, 20)]
    [InlineData(20, 5, 9)] // hardly an overlap
    [InlineData(0, 10, 10)]
    public void LogRatio_AnySamples_IsMbarOfTwoStates(double distance, int n0, int n1)
    {
        using var rng = new Generator(9);
        var from0 = GainPoints.Of(torch.randn([n0], torch.float64, generator: rng).ToArray<double>());
        var from1 = GainPoints.Of((torch.randn([n1], torch.float64, generator: rng) + distance).ToArray<double>());
        foreach (var step in new[] { 0.01, 1, 4 })
            MultistateBennett.FreeEnergies([0.1, 0.1 + step], [from0, from1])[1].ShouldBe(-BridgeSampling.LogRatio(step, from0, from1), 1e-9);
    }

    // Samples of normal laws of w, whose ratio of Z is known: with mean b at beta b and variance 1, log Z_b is b^2 / 2.
    [Fact]
    public void Estimates_NormalSamples_AreWithinTheErrorsOfSuchSamples()
    {
        const int Repeats = 200, Samples = 100;
        double[] betas = [0, 0.9, 1.8, 2.7];
        using var rng = new Generator(4);
        var (bar, mbar) = (new double[Repeats], new double[Repeats]);
        for (var i = 0; i < Repeats; i++)
        {
            var samples = betas.Select(b => GainPoints.Of((torch.randn([Samples], torch.float64, generator: rng) + b).ToArray<double>())).ToList();
            for (var r = 0; r + 1 < betas.Length; r++) bar[i] += BridgeSampling.LogRatio(betas[r + 1] - betas[r], samples[r], samples[r + 1]);
            mbar[i] = -MultistateBennett.FreeEnergies(betas, samples)[^1];
        }

        foreach (var values in new[] { bar, mbar }) Math.Abs(values.Average() - (2.7 * 2.7 / 2)).ShouldBeLessThan(4.5 * StandardError.OfMean(values));
        StandardError.OfMean(mbar).ShouldBeLessThan(StandardError.OfMean(bar)); // it uses all samples for every ratio
    }

    [Fact]
    public void Condensed_ManyPoints_GiveNearlyTheSameEstimate()
    {
        using var rng = new Generator(4);
        GainPoints[] samples = [.. Enumerable.Range(0, 2).Select(r => GainPoints.Of(((torch.randn([50_000], torch.float64, generator: rng) * 20) + (20 * r)).ToArray<double>()))];
        GainPoints[] fewer = [.. samples.Select(s => s.Condensed(2048))];
        fewer[0].Values.Length.ShouldBeLessThanOrEqualTo(2048);
        fewer[0].Total.ShouldBe(samples[0].Total);
        BridgeSampling.LogRatio(0.05, fewer[0], fewer[1]).ShouldBe(BridgeSampling.LogRatio(0.05, samples[0], samples[1]), 1e-5);
        samples[0].Condensed(50_000).ShouldBe(samples[0]);
        GainPoints.Of([3.0, 3, 3]).Condensed(2).Values.ShouldBe([3.0]);
    }

    // w = z2 W z1 of every state, with its probability at beta times a number of states.
    private static GainPoints Expectation(RestrictedBoltzmannMachine machine, double beta, double states)
    {
        using var _ = torch.no_grad();
        var (all, none) = (Machines.Tempered(machine, 1), Machines.Tempered(machine, 0));
        var z = all.Enumerate();
        var w = none.Energy(z) - all.Energy(z);
        return new(w.ToArray<double>(), ((-Machines.Tempered(machine, beta).Energy(z)).softmax(0) * states).ToArray<double>());
    }

    private static double LogZ(RestrictedBoltzmannMachine machine, double beta) => Machines.Tempered(machine, beta).LogPartition().Number();
}
