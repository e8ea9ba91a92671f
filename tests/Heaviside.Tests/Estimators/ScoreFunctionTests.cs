using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;

namespace Heaviside.Tests.Estimators;

/// <summary>Score-function estimators on one bit, f(b) = (b - t)^2, where an estimate takes two values and its moments are sums.</summary>
public class ScoreFunctionTests
{
    [Theory]
    [InlineData(0.499, 0, 0.015625125)]
    [InlineData(0.499, 1, 0.01224295707)]
    [InlineData(0.45, 0, 0.0159390625)]
    [InlineData(0.45, 1, 0.01034604875)]
    public void Reinforce_OneBit_HasTheExactMeanAndVariance(double target, double logit, double variance) =>
        ShouldHaveMoments(_ => new Reinforce(), target, logit, variance);

    // beta = theta f(0) + (1 - theta) f(1)
    [Theory]
    [InlineData(0.499, 1)]
    [InlineData(0.45, -2)]
    public void Reinforce_BestConstantBaseline_HasNoVariance(double target, double logit)
    {
        var theta = Sigmoid(logit);
        var best = (theta * target * target) + ((1 - theta) * (1 - target) * (1 - target));
        ShouldHaveMoments(_ => new Reinforce(new ConstantBaseline(best)), target, logit, 0);
    }

    [Theory]
    [InlineData(0.499, 0, 0.015625)]
    [InlineData(0.499, 1, 0.03307694394)]
    [InlineData(0.45, 0, 0.015625)]
    [InlineData(0.45, 1, 0.03307694394)]
    public void MuProp_ScalesOfOneNoNetwork_HasTheExactMeanAndVariance(double target, double logit, double variance) =>
        ShouldHaveMoments(WithoutNetwork(input => new MuProp().Prepare(input)), target, logit, variance);

    // (b - theta)^3 + 2 (theta - t) theta (1 - theta)
    [Fact]
    public void MuProp_ScalesOfOneNoNetwork_IsTheCubicOfTheDeviation()
    {
        var theta = Sigmoid(1);
        var (g0, g1) = Values(WithoutNetwork(input => new MuProp().Prepare(input)), 0.45, 1);
        g1.ShouldBe(Math.Pow(1 - theta, 3) + (2 * (theta - 0.45) * theta * (1 - theta)), 1e-12);
        g0.ShouldBe(Math.Pow(-theta, 3) + (2 * (theta - 0.45) * theta * (1 - theta)), 1e-12);
    }

    [Theory]
    [InlineData("nvil")]
    [InlineData("simple-muprop")]
    [InlineData("muprop")]
    public void Estimate_RandomNetworkAndScales_HasTheExactMean(string name)
    {
        var theta = Sigmoid(1);
        var (g0, g1) = Values(
            input =>
            {
                var estimator = EstimatorCatalog.All.Find(name).Create(new(), input);
                using var _ = torch.no_grad();
                foreach (var p in estimator.parameters()) p.add_(torch.randn(p.shape, p.dtype, generator: input.Rng));
                return estimator;
            },
            0.45, 1);
        ((theta * g1) + ((1 - theta) * g0)).ShouldBe(theta * (1 - theta) * 0.1, 1e-12);
    }

    [Fact]
    public void SimpleMuProp_NoNetwork_SubtractsFAtTheMean()
    {
        var theta = Sigmoid(1);
        var mean = (theta - 0.45) * (theta - 0.45);
        var (g0, g1) = Values(WithoutNetwork(input => new SimpleMuProp().Prepare(input)), 0.45, 1);
        g1.ShouldBe(((0.55 * 0.55) - mean) * (1 - theta), 1e-12);
        g0.ShouldBe(((0.45 * 0.45) - mean) * -theta, 1e-12);
    }

    // What they learn minimizes the squared signal: the loss is that of the two values.
    [Theory]
    [InlineData("nvil")]
    [InlineData("simple-muprop")]
    public void TuningLoss_OneBit_IsTheSquaredSignal(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var estimator = WithoutNetwork(input => EstimatorCatalog.All.Find(name).Create(new(), input))(Input(rng));
        var theta = Sigmoid(1);
        var subtracted = name == "nvil" ? 0 : (theta - 0.45) * (theta - 0.45);
        var (estimate, _) = Run(estimator, 0.45, 1, copies: 200, rng);
        var expected = estimate.Value.flatten().ToArray<double>().Average(f => (f - subtracted) * (f - subtracted));
        estimate.TuningLoss!.Number().ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void LeaveOneOut_ThreeSamples_IsTheMeanOfTheOthers()
    {
        using var scope = torch.NewDisposeScope();
        var baseline = new LeaveOneOutBaseline().Of(torch.tensor([1.0, 10, 2, 20, 6, 60], [3, 2]), F).flatten().ToArray<double>();
        baseline.ShouldBe([4, 40, 3.5, 35, 1.5, 15]);
        new LeaveOneOutBaseline().Of(torch.tensor([7.0], [1, 1]), F).Number().ShouldBe(0);
    }

    [Fact]
    public void BatchBaseline_ThreeExamples_IsTheMeanOfTheOthers()
    {
        using var scope = torch.NewDisposeScope();
        var baseline = new BatchBaseline().Of(torch.tensor([1.0, 2, 6, 3, 4, 8], [2, 3]), F).flatten().ToArray<double>();
        baseline.ShouldBe([5, 4.5, 2.5]);
        new BatchBaseline().Of(torch.tensor([7.0], [1, 1]), F).Number().ShouldBe(0);
    }

    [Fact]
    public void RunningBaseline_Batches_IsTheWeightedMeanOfThoseBefore()
    {
        using var scope = torch.NewDisposeScope();
        using var baseline = new RunningBaseline(torch.float64) { Decay = 0.5 };
        double Next(double value) => baseline.Of(torch.full([2, 2], value, torch.float64), F).Number();
        Next(4).ShouldBe(0);
        Next(8).ShouldBe(4, 1e-12);
        Next(0).ShouldBe(((0.25 * 4) + (0.5 * 8)) / 0.75, 1e-12);
        baseline.eval();
        var frozen = Next(100);
        Next(100).ShouldBe(frozen);
    }

    // A constant signal of 10 moves the mean to 10 and leaves no variance to divide by; deviations of 30 shrink the weight.
    [Fact]
    public void NormalizedNvil_RunningMoments_CenterAndShrinkTheGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var estimator = (NormalizedNvil)WithoutNetwork(input => new NormalizedNvil().Prepare(input))(Input(rng));
        var scale = 60.0;
        var f = new LogWeightObjective(b => scale * (b.squeeze(-1) - 0.5), torch.ones([1000, 1], torch.float64), []);
        double Length()
        {
            var logits = torch.zeros([1000, 1], torch.float64).requires_grad_();
            var surrogate = estimator.Estimate(new Bernoulli(logits), f, rng).Surrogate;
            return Autograd.Grad([surrogate.sum()], [logits])[0].mean().Number();
        }

        Length().ShouldBe(15, 1e-9); // 30 x 1/2 for both values of b: no moments yet
        for (var i = 0; i < 50; i++) Length();
        estimator.state_dict()["variance"].Number().ShouldBe(900, 20);
        Length().ShouldBe(0.5, 0.05); // divided by 30
    }

    [Theory]
    [InlineData("none")]
    [InlineData("constant")]
    [InlineData("running")]
    [InlineData("leave-one-out")]
    [InlineData("batch")]
    [InlineData("input")]
    public void Reinforce_EveryBaseline_HasTheExactMean(string baseline)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        const int copies = 100_000;
        var estimator = EstimatorCatalog.All.Find("reinforce").Create(new([new("baseline", baseline), new("samples", "2")]), Input(rng));
        var (_, gradient) = Run(estimator, 0.45, 1, copies, rng);
        var theta = Sigmoid(1);
        gradient.mean().Number().ShouldBe(theta * (1 - theta) * 0.1, 4.5 * gradient.std([], unbiased: true).Number() / Math.Sqrt(copies));
    }

    private static Objective F => Objective.BlackBox(b => b.sum(-1));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static EstimatorInput Input(Generator rng) => new([[1]], ContextSize: 1, LogitParameters: 1, rng, torch.float64);

    // The scales start at 1; a baseline's network of zeros is no baseline.
    private static Func<EstimatorInput, GradientEstimator> WithoutNetwork(Func<EstimatorInput, GradientEstimator> create) => input =>
    {
        var estimator = create(input);
        using var _ = torch.no_grad();
        foreach (var p in estimator.named_parameters().Where(p => p.name.Contains("network"))) p.parameter.zero_();
        return estimator;
    };

    private static void ShouldHaveMoments(Func<EstimatorInput, GradientEstimator> create, double target, double logit, double variance)
    {
        var theta = Sigmoid(logit);
        var (g0, g1) = Values(create, target, logit);
        ((theta * g1) + ((1 - theta) * g0)).ShouldBe(theta * (1 - theta) * (1 - (2 * target)), 1e-12);
        (theta * (1 - theta) * (g1 - g0) * (g1 - g0)).ShouldBe(variance, 1e-10);
    }

    // The estimate for b = 0 and for b = 1.
    private static (double G0, double G1) Values(Func<EstimatorInput, GradientEstimator> create, double target, double logit)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var (estimate, gradient) = Run(create(Input(rng)), target, logit, copies: 100, rng);
        var pairs = estimate.Value.flatten().ToArray<double>().Zip(gradient.ToArray<double>()).Distinct().ToList();
        var f0 = target * target;
        return (pairs.First(p => Math.Abs(p.First - f0) < 1e-12).Second, pairs.First(p => Math.Abs(p.First - f0) > 1e-12).Second);
    }

    private static (Estimate Estimate, Tensor Gradient) Run(GradientEstimator estimator, double target, double logit, int copies, Generator rng)
    {
        var logits = torch.full([copies, 1], logit, torch.float64).requires_grad_();
        var f = new LogWeightObjective(b => (b - target).square().sum(-1), torch.ones([copies, 1], torch.float64), [logits]);
        var estimate = estimator.Estimate(new Bernoulli(logits), f, rng);
        return (estimate, Autograd.Grad([estimate.Surrogate.sum()], [logits], retainGraph: true)[0].flatten());
    }
}
