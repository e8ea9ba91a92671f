using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;
using Heaviside.Regularizers;
using Heaviside.Tests.Training;

namespace Heaviside.Tests.Regularizers;

public class StabilityRegularizedTests
{
    private static readonly double[] Logits = [0.4, -0.8, 1.1, 0.2, 0.5, -0.3];

    public static TheoryData<string> SingleSampleEstimators() =>
        [.. EstimatorCatalog.All.Where(e => e.Example().BoundSamples is null && e.Latents.HasFlag(LatentKinds.Bits)).Select(e => e.Name)];

    [Theory]
    [InlineData("bits")]
    [InlineData("categories")]
    public void Estimate_Gradient_IsTheEstimatorsPlusTheRegularizers(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var regularizer = new StabilityRegularizer { Rho = 0.7, Clip = StabilityClip.Group, Reduction = StabilityReduction.Mean };
        var logits = torch.tensor(Logits, kind == "bits" ? [2, 3] : [1, 2, 3]).requires_grad_();
        FactorialDistribution q = kind == "bits" ? new Bernoulli(logits) : new OneHotCategorical(logits);
        var f = Objective.Differentiable(b => b.flatten(2).square().sum(-1));
        var estimator = new StabilityRegularized(new Enumeration(), regularizer) { Weight = 3 };

        using var rng = new Generator(4);
        var estimate = estimator.Estimate(q, f, rng);
        using var same = new Generator(4);
        var exact = new Enumeration().Estimate(q, f, same);
        var stability = regularizer.Estimate(z => kind == "bits" ? torch.stack([z.sigmoid(), 1 - z.sigmoid()], -1) : z.softmax(-1), logits, same);

        estimate.Value.ToArray<double>().ShouldBe(exact.Value.ToArray<double>());
        var gradient = Autograd.Grad([estimate.Surrogate.mean()], [logits])[0].ToArray<double>();
        var expected = Autograd.Grad([exact.Surrogate.mean() + (3 * stability.Maximand)], [logits])[0].ToArray<double>();
        foreach (var (a, b) in gradient.Zip(expected)) a.ShouldBe(b, 1e-12);
        estimator.Numbers.Select(n => n.Name).ShouldBe(["stability", "discreteness"]);
        estimator.Numbers.First().Value.ShouldBe(stability.Stability.Number(), 1e-12);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(50)]
    public void Estimate_ExtremeLogits_HasAFiniteSurrogateAndGradient(double extreme)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            var logits = torch.tensor([extreme, -0.8, 1.1, -extreme], [2, 2]).to(type).requires_grad_();
            using var estimator = new StabilityRegularized(new Reinforce(), new StabilityRegularizer());
            var surrogate = estimator.Estimate(new Bernoulli(logits), Objective.BlackBox(b => b.sum(-1)), rng).Surrogate;
            surrogate.isfinite().all().item<bool>().ShouldBeTrue();
            Autograd.Grad([surrogate.mean()], [logits])[0].isfinite().all().item<bool>().ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(SingleSampleEstimators))]
    public void Train_AnyEstimator_GoesWithIt(string name)
    {
        using var run = new TinyRun();
        run.Train(changes: [("model", "structured-prediction"), ("layers", "[5]"), ("estimator", name), ("stability", "2"), ("steps", "2")]);
        run.Rows().Where(r => (string?)r["kind"] == "train").ShouldAllBe(r => (double)r["discreteness"]! > 0 && (double)r["discreteness"]! < 0.5);
    }

    [Fact]
    public void Train_Resumed_IsTheSameRun()
    {
        (string, string)[] changes = [("stability", "linear(0, 50, steps=6)"), ("rho", "0.8"), ("stability-gumbel", "true"), ("probes", "[validation-objective]")];
        using var whole = new TinyRun();
        using var parts = new TinyRun();
        whole.Train(changes: changes);
        parts.TrainTo(5, changes);
        parts.Train(changes: changes);
        parts.ShouldEqual(whole);
    }

    // Outputs that are stable to noise have logits that are large against it.
    [Fact]
    public void Train_WithIt_MakesTheLogitsLarger()
    {
        double Discreteness(string weight)
        {
            using var run = new TinyRun();
            run.Train(changes: [("stability", weight), ("learning-rate", "0.01"), ("steps", "40")]);
            return (double)run.Rows().Last(r => (string?)r["kind"] == "train")["discreteness"]!;
        }

        Discreteness("100").ShouldBeLessThan(0.5 * Discreteness("0"));
    }

    [Fact]
    public void Settings_OfTheGumbelNoise_HaveTheEstimatorsTemperature()
    {
        static Schedule? Temperature(string estimator, params (string Key, string Value)[] settings)
        {
            var s = new Settings(settings.Select(p => KeyValuePair.Create(p.Key, p.Value)));
            return ((StabilityRegularized)StabilitySettings.Regularize(s, EstimatorCatalog.All.Find(estimator).Example(s))).GumbelTemperature;
        }

        Temperature("gumbel-softmax", ("stability", "1"), ("temperature", "2")).ShouldBeNull();
        Temperature("gumbel-softmax", ("stability", "1"), ("temperature", "2"), ("stability-gumbel", "true"))!.At(0).ShouldBe(2);
        Temperature("straight-through", ("stability", "1"), ("stability-gumbel", "true"))!.At(0).ShouldBe(1);
    }

    [Theory]
    [InlineData("give its weight too", "rho", "0.5")]
    [InlineData("0 or more", "stability", "-1")]
    [InlineData("less than rho", "stability", "1", "rho2", "0.95")]
    [InlineData("several samples", "stability", "1", "estimator", "vimco")]
    [InlineData("one stochastic layer", "stability", "1", "model", "sbn", "layers", "[5, 4]")]
    public void Settings_ThatDoNotFit_GiveOneLine(string expected, params string[] settings)
    {
        var changes = settings.Chunk(2).Select(p => (p[0], p[1])).ToArray();
        Should.Throw<InputException>(() => TinyRun.Experiment(changes)).Message.ShouldContain(expected);
    }
}
