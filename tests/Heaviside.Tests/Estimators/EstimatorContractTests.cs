using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;
using Heaviside.Laws;
using Heaviside.Numerics;

namespace Heaviside.Tests.Estimators;

/// <summary>What every estimator of the catalogue owes its users, for both kinds of variables.</summary>
public class EstimatorContractTests
{
    public static TheoryData<string, string, int> Cases()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var entry in EstimatorCatalog.All)
            foreach (var (law, kind) in new[] { ("bits", LatentKinds.Bits), ("categories", LatentKinds.Categories) })
                foreach (var samples in new[] { 1, 3 })
                    if (entry.Latents.HasFlag(kind) && samples >= LeastSamples(entry)) data.Add(entry.Name, law, samples);
        return data;
    }

    // Those that evaluate f at hard samples, or at all values.
    public static TheoryData<string, string, int> HardCases()
    {
        using var scope = torch.NewDisposeScope();
        var data = new TheoryData<string, string, int>();
        foreach (var row in Cases())
        {
            var (name, law, samples) = ((string)row[0], (string)row[1], (int)row[2]);
            if (new ContractCase(name, law, samples).Estimate(1).Point is EvaluationPoint.HardSample or EvaluationPoint.Expectation or EvaluationPoint.ImportanceWeighted)
                data.Add(name, law, samples);
        }

        return data;
    }

    public static TheoryData<string> Names() => [.. EstimatorCatalog.All.Names];

    public static TheoryData<string> ForOneKind() => [.. EstimatorCatalog.All.Where(e => e.Latents != LatentKinds.Any).Select(e => e.Name)];

    public static TheoryData<string> Sampling() => [.. EstimatorCatalog.All.Where(e => e.Example() is SamplingEstimator).Select(e => e.Name)];

    public static TheoryData<string> Scheduled() => [.. EstimatorCatalog.All.Where(e => e.Example() is IScheduled { Schedules: var s } && s.Any()).Select(e => e.Name)];

    private static int LeastSamples(EstimatorEntry entry) => entry.Example() is SamplingEstimator sampling ? sampling.LeastSamples : 1;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_Batch_HasTheDocumentedShapes(string name, string law, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var setup = new ContractCase(name, law, samples);
        var estimate = setup.Estimate(seed: 1);
        estimate.Value.shape.Length.ShouldBe(2);
        estimate.Value.size(1).ShouldBe(ContractCase.Batch);
        if (setup.Estimator.BoundSamples is not null || estimate.Point is EvaluationPoint.Expectation or EvaluationPoint.Mode) estimate.Value.size(0).ShouldBe(1);
        else (estimate.Value.size(0) % samples).ShouldBe(0);
        estimate.Value.requires_grad.ShouldBeFalse();
        estimate.Surrogate.shape.ShouldBe([ContractCase.Batch]);
        estimate.TuningLoss?.shape.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ForOneKind))]
    public void Estimate_OtherKindOfLatents_NamesTheEstimator(string name)
    {
        using var scope = torch.NewDisposeScope();
        var kinds = EstimatorCatalog.All.Find(name).Latents;
        var setup = new ContractCase(name, kinds == LatentKinds.Bits ? "categories" : "bits", 2);
        Should.Throw<UnsupportedException>(() => setup.Estimate(1)).Message.ShouldStartWith(setup.Estimator.GetType().Name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_Backward_ReachesLogitsAndParametersInsideF(string name, string law, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var setup = new ContractCase(name, law, samples);
        // One draw may have the gradient 0: two argmaxes can agree.
        var draws = Enumerable.Range(1, 10).Select(seed => setup.Gradients((ulong)seed)).ToList();
        draws.ShouldAllBe(gradients => gradients.All(g => g.isfinite().all().item<bool>()));
        for (var i = 0; i < 2; i++) draws.Max(gradients => gradients[i].abs().sum().Number()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_Seed_DecidesTheEstimate(string name, string law, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var setup = new ContractCase(name, law, samples);
        double[] Run(ulong seed) => [.. setup.Estimate(seed).Value.ToArray<double>(), .. setup.Gradients(seed).SelectMany(g => g.ToArray<double>())];
        Run(5).ShouldBe(Run(5));
        var isRandom = setup.Estimate(1).Point is not (EvaluationPoint.Expectation or EvaluationPoint.Mode);
        Enumerable.Range(6, 10).Any(s => !Run((ulong)s).SequenceEqual(Run(5))).ShouldBe(isRandom);
    }

    // Parameters inside f get the gradient of f at the points: right in expectation wherever those are hard samples.
    [Theory]
    [MemberData(nameof(HardCases))]
    public void Estimate_EvaluatedAtHardPoints_HasTheExactGradientInsideFInTheMean(string name, string law, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var setup = new ContractCase(name, law, samples);
        var exact = setup.ExactGradientInsideF();
        const int Draws = 200;
        var draws = torch.stack([.. Enumerable.Range(0, Draws).Select(i => setup.Gradients((ulong)i)[1].flatten())]);
        var (mean, variance) = (draws.mean([0L]).ToArray<double>(), draws.var([0L]).ToArray<double>());
        for (var i = 0; i < exact.Length; i++)
            mean[i].ShouldBe(exact[i], (EstimatorLaws.MaxScore * Math.Sqrt(variance[i] / Draws)) + 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_ExtremeLogits_HasFiniteGradients(string name, string law, int samples)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            var setup = new ContractCase(name, law, samples, type);
            setup.MakeExtreme();
            for (ulong seed = 0; seed < 20; seed++)
            {
                var estimate = setup.Estimate(seed);
                estimate.Value.isfinite().all().item<bool>().ShouldBeTrue();
                estimate.TuningLoss?.isfinite().item<bool>().ShouldBeTrue();
                foreach (var gradient in setup.Gradients(seed)) gradient.isfinite().all().item<bool>().ShouldBeTrue($"{type}: {string.Join(", ", gradient.@double().ToArray<double>())}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ObjectiveEvaluations_Estimate_IsHowManyPointsFSaw(string name, string law, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var setup = new ContractCase(name, law, samples);
        setup.Estimate(1);
        if (setup.Estimator is Arsm) setup.Seen.ShouldBeLessThanOrEqualTo(setup.Estimator.ObjectiveEvaluations(setup.Law)); // of equal points, one
        else setup.Seen.ShouldBe(setup.Estimator.ObjectiveEvaluations(setup.Law));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_BlackBoxObjective_WorksOrNamesTheEstimator(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var entry = EstimatorCatalog.All.Find(name);
        var estimator = entry.Example();
        DiscreteDistribution q = entry.Latents.HasFlag(LatentKinds.Bits) ? new Bernoulli(torch.zeros([2, 3]).requires_grad_()) : new OneHotCategorical(torch.zeros([2, 3, 3]).requires_grad_());
        Estimate Run() => estimator.Estimate(q, Objective.BlackBox(b => b.flatten(2).sum(-1)), rng);
        if (estimator.NeedsDifferentiableObjective)
            Should.Throw<UnsupportedException>(() => Run()).Message.ShouldSatisfyAllConditions(
                m => m.ShouldStartWith(estimator.GetType().Name), m => m.ShouldContain("BlackBoxObjective"));
        else if (estimator.BoundSamples is not null)
            Should.Throw<UnsupportedException>(() => Run()).Message.ShouldContain(nameof(ILogWeight));
        else if (estimator.SelfAndModules().Any(m => m is InputBaseline or ControlNetworks))
            Should.Throw<UnsupportedException>(() => Run()).Message.ShouldSatisfyAllConditions(
                m => m.ShouldContain(nameof(IHasContext)), m => m.ShouldContain("BlackBoxObjective"));
        else
            Run().Surrogate.requires_grad.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_ObjectiveOfWrongShape_NamesBothShapes(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var entry = EstimatorCatalog.All.Find(name);
        var estimator = entry.Example();
        DiscreteDistribution q = entry.Latents.HasFlag(LatentKinds.Bits) ? new Bernoulli(torch.zeros([2, 3])) : new OneHotCategorical(torch.zeros([2, 3, 3]));
        Objective F(Func<Tensor, Tensor> f) => new LogWeightObjective(f, torch.zeros([2, 1]), []);
        Should.Throw<ArgumentException>(() => estimator.Estimate(q, F(b => b.sum()), rng)).Message.ShouldContain(", 2], got []");
        Should.Throw<ArgumentException>(() => estimator.Estimate(q, F(b => b), rng)).Message.ShouldContain(", 2, 3");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_Settings_AreDescribedAndObeyed(string name)
    {
        var settings = new Settings([new("samples", "3"), new("temperature", "0.25"), new("epsilon", "0.25")]);
        var estimator = EstimatorCatalog.All.Find(name).Example(settings);
        settings.Resolved.ShouldAllBe(s => s.Description.Length > 0 && s.Range.Length > 0 && s.Default.Length > 0);
        settings.Resolved.Any(s => s.Key == "samples").ShouldBe(estimator is SamplingEstimator);
        if (estimator is SamplingEstimator sampling) sampling.Samples.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Scheduled))]
    public void Create_Schedule_IsThatOfItsSetting(string name)
    {
        var settings = new Settings([new("temperature", "0.25"), new("epsilon", "0.25")]);
        var scheduled = (IScheduled)EstimatorCatalog.All.Find(name).Example(settings);
        var scheduledSetting = settings.Resolved.Select(s => s.Key).Intersect(["temperature", "epsilon"]).ShouldHaveSingleItem();
        scheduled.Schedules.ShouldContain(s => s.Name == scheduledSetting && s.Schedule.At(0) == 0.25);
    }

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Samples_TooFew_ThrowsNamingTheSetting(string name)
    {
        var entry = EstimatorCatalog.All.Find(name);
        foreach (var samples in new[] { 0, LeastSamples(entry) - 1 })
            Should.Throw<InputException>(() => entry.Example(new([new("samples", $"{samples}")]))).Message.ShouldContain("'samples'");
    }

    [Fact]
    public void Constructor_InvalidSettings_NameTheProperty()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Reinforce { Samples = 0 }).ParamName.ShouldBe("Samples");
        Should.Throw<ArgumentOutOfRangeException>(() => new Vimco { Samples = 1 }).Message.ShouldContain("from 2 to 10000");
        Should.Throw<ArgumentOutOfRangeException>(() => new GumbelSoftmax { Temperature = 0 }).ParamName.ShouldBe("Temperature");
        Should.Throw<ArgumentOutOfRangeException>(() => new StraightThroughGumbelSoftmax { Temperature = new LinearSchedule(1, 0, 10) }).ParamName.ShouldBe("Temperature");
        Should.Throw<ArgumentOutOfRangeException>(() => new GumbelRao { Relaxations = 0 }).ParamName.ShouldBe("Relaxations");
        Should.Throw<ArgumentOutOfRangeException>(() => new GappedStraightThrough { Gap = -1 }).ParamName.ShouldBe("Gap");
        foreach (var wrong in new[] { 0, -1, 1e-40, 1e40, double.NaN, double.PositiveInfinity })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new Rebar { Temperature = wrong });
            Should.Throw<ArgumentOutOfRangeException>(() => new RelaxedBernoulli(torch.zeros([2]), wrong)).ParamName.ShouldBe("temperature");
            Should.Throw<ArgumentOutOfRangeException>(() => new RelaxedOneHotCategorical(torch.zeros([2, 2]), wrong)).ParamName.ShouldBe("temperature");
            Should.Throw<ArgumentOutOfRangeException>(() => new Bernoulli(torch.zeros([2])).Soften(torch.zeros([2]), wrong)).ParamName.ShouldBe("temperature");
            Should.Throw<ArgumentOutOfRangeException>(() => new OneHotCategorical(torch.zeros([2, 2])).Soften(torch.zeros([2, 2]), wrong)).ParamName.ShouldBe("temperature");
        }

        foreach (var wrong in new[] { -1e40, 1e40, double.NaN, double.PositiveInfinity })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new GappedStraightThrough { Gap = wrong }).ParamName.ShouldBe("Gap");
            Should.Throw<ArgumentOutOfRangeException>(() => new ConstantBaseline(wrong)).ParamName.ShouldBe("constant");
        }

        new GumbelSoftmax { Temperature = new ExponentialSchedule(1, 3e-5) { Floor = 0.5 } }.Temperature.At(1_000_000).ShouldBe(0.5);
    }

    [Theory]
    [InlineData("Value: expected shape [?, ?], got [2]", new long[] { 2 }, new long[] { 2 }, null)]
    [InlineData("Surrogate: expected shape [2], got []", new long[] { 3, 2 }, new long[0], null)]
    [InlineData("Surrogate: expected shape [2], got [3]", new long[] { 3, 2 }, new long[] { 3 }, null)]
    [InlineData("TuningLoss: expected shape [], got [2]", new long[] { 3, 2 }, new long[] { 2 }, new long[] { 2 })]
    public void Estimate_OfAnotherShape_IsRefusedByName(string message, long[] value, long[] surrogate, long[]? tuning)
    {
        using var scope = torch.NewDisposeScope();
        Should.Throw<ArgumentException>(() => new Estimate(torch.zeros(value), EvaluationPoint.HardSample, torch.zeros(surrogate), tuning is null ? null : torch.zeros(tuning)))
            .Message.ShouldStartWith(message);
        var right = new Estimate(torch.zeros([3, 2]), EvaluationPoint.HardSample, torch.zeros([2]), torch.zeros([]));
        Should.Throw<ArgumentException>(() => right with { Surrogate = torch.zeros([]) }).Message.ShouldStartWith("Surrogate: expected shape [2], got []");
    }

    [Theory]
    [InlineData("gumbel-softmx", "gumbel-softmax")]
    [InlineData("Reinforce", "reinforce")]
    [InlineData("straight", "straight-through")]
    public void Find_UnknownName_SuggestsTheNearest(string name, string nearest) =>
        Should.Throw<InputException>(() => EstimatorCatalog.All.Find(name)).Message.ShouldStartWith($"unknown estimator '{name}'; did you mean '{nearest}");

    [Theory]
    [InlineData("gumbel-softmax")]
    [InlineData("straight-through-gumbel-softmax")]
    [InlineData("reinmax")]
    [InlineData("gumbel-rao")]
    [InlineData("decoupled-straight-through-gumbel-softmax")]
    [InlineData("gapped-straight-through")]
    public void Step_Changed_TheTemperatureFollows(string name)
    {
        using var scope = torch.NewDisposeScope();
        double[] Gradient(string temperature, long step)
        {
            var setup = new ContractCase(name, "categories", 2, settings: $"temperature={temperature}");
            ((IScheduled)setup.Estimator).Step = step;
            return setup.Gradients(3)[0].ToArray<double>();
        }

        Gradient("linear(1, 0.5, steps=10)", 4).ShouldBe(Gradient("0.8", 0));
        Gradient("linear(1, 0.5, steps=10)", 0).ShouldNotBe(Gradient("0.8", 0));
    }

    // The baseline of the other samples takes a constant away draw by draw, not only in the mean.
    [Fact]
    public void Reinforce_ConstantAddedToF_ChangesNoDraw()
    {
        using var scope = torch.NewDisposeScope();
        double[] Gradient(double constant)
        {
            var setup = new ContractCase("reinforce", "categories", 3, constant: constant);
            return setup.Gradients(9)[0].ToArray<double>();
        }

        foreach (var (a, b) in Gradient(0).Zip(Gradient(1000))) a.ShouldBe(b, 1e-10);
    }
}
