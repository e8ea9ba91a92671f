using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Tests.Models;

namespace Heaviside.Tests.Estimators;

/// <summary>Direct optimization against the closed form of its mean, and the shortcuts by which it evaluates f.</summary>
public class DirectOptimizationTests
{
    private const int Draws = 400_000, JointDraws = 40_000;

    public static TheoryData<double> Epsilons => [1, 0.5, 0.1, 0.01, -0.1, -1];

    // (softmax(h + epsilon f) - softmax(h)) / epsilon
    [Theory]
    [InlineData(1, 0.1746127262, -0.0979242367, -0.0766884895)]
    [InlineData(0.5, 0.1754601908, -0.1235904691, -0.0518697217)]
    [InlineData(0.1, 0.1741732968, -0.1486981357, -0.0254751610)]
    [InlineData(0.01, 0.1735963724, -0.1548321775, -0.0187641949)]
    [InlineData(-0.1, 0.1727321234, -0.1625180160, -0.0102141073)]
    public void Mean_ThreeClasses_IsTheDifferenceOfTwoSoftmaxes(double epsilon, double first, double second, double third)
    {
        using var scope = torch.NewDisposeScope();
        double[] expected = [first, second, third];
        var problem = ProblemCatalog.Categorical(torch.CPU);
        ClosedForm(problem, epsilon).Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-9);
        GradientStatistics.Measure(problem, new DirectOptimization { Epsilon = epsilon }, Draws, seed: 1).Score(expected).ShouldBeLessThan(EstimatorLaws.MaxScore);
    }

    // Every law of the problems as a single variable whose classes are the joint values: the closed form holds for any f.
    [Theory]
    [InlineData("three-bit-quadratic", 0.5)]
    [InlineData("nearly-certain-bits", 1)]
    [InlineData("categorical-network", -0.3)]
    [InlineData("two-layer-chain", 0.5)]
    [InlineData("mini-vae", 1)]
    public void Mean_JointValuesOfAProblem_IsTheDifferenceOfTwoSoftmaxes(string name, double epsilon)
    {
        using var scope = torch.NewDisposeScope();
        var problem = Joint(ProblemCatalog.All().Single(p => p.Name == name));
        var one = GradientStatistics.Measure(problem, new DirectOptimization { Epsilon = epsilon }, JointDraws, seed: 2);
        one.Score(ClosedForm(problem, epsilon)).ShouldBeLessThan(EstimatorLaws.MaxScore);
        var two = GradientStatistics.Measure(problem, new TwoSidedDirectOptimization { Epsilon = epsilon }, JointDraws, seed: 3);
        var central = ClosedForm(problem, epsilon).Zip(ClosedForm(problem, -epsilon), (a, b) => (a + b) / 2).ToArray();
        two.Score(central).ShouldBeLessThan(EstimatorLaws.MaxScore);
        one.Score(central).ShouldBeGreaterThan(EstimatorLaws.MaxScore, "the two forms differ at this epsilon");
    }

    // f = sum_i c_i b_i: every bit is on its own, with (sigmoid(l + epsilon c) - sigmoid(l)) / epsilon.
    [Theory]
    [MemberData(nameof(Epsilons))]
    public void Mean_SeparableObjective_IsThatOfEachVariable(double epsilon)
    {
        using var scope = torch.NewDisposeScope();
        double[] c = [1.5, -2, 0.3], logits = [0.4, -0.8, 1.1];
        var weights = torch.tensor(c);
        var problem = new Problem("separable", torch.tensor(logits), x => new Bernoulli(x), b => (b * weights).sum(-1), Degree: 1);
        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        var expected = logits.Zip(c, (l, w) => (Sigmoid(l + (epsilon * w)) - Sigmoid(l)) / epsilon).ToArray();
        GradientStatistics.Measure(problem, new DirectOptimization { Epsilon = epsilon }, Draws, seed: 4).Score(expected).ShouldBeLessThan(EstimatorLaws.MaxScore);
    }

    [Fact]
    public void Estimate_CertainAndImpossibleValues_IsFinite()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var bits = torch.tensor([double.NegativeInfinity, double.PositiveInfinity, 50, -50, 0]).unsqueeze(0).requires_grad_();
        var classes = torch.tensor([double.NegativeInfinity, 0, 50]).view([1, 1, 3]).requires_grad_();
        foreach (var (logits, law) in new (Tensor, DiscreteDistribution)[] { (bits, new Bernoulli(bits)), (classes, new OneHotCategorical(classes)) })
        {
            var estimate = new DirectOptimization { Samples = 7 }.Estimate(law, Objective.BlackBox(b => b.flatten(2).square().sum(-1)), rng);
            Autograd.Grad([estimate.Surrogate.sum()], [logits])[0].isfinite().all().item<bool>().ShouldBeTrue();
        }
    }

    [Fact]
    public void AtSingleChanges_CategoricalVae_IsEachPointAlone()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (latents, sampled) in new[] { ("1x4", false), ("1x4", true), ("3x2", false), ("2x5", true) })
        {
            var (model, x) = Model(latents, ("sampled-divergence", $"{sampled}"));
            using var recorder = new PointRecorder();
            model.Objective(x, recorder, null!);
            var (q, f) = (recorder.Law!, recorder.Objective!);
            using var rng = new Generator(5);
            var b = q.Sample([2], rng);
            if (f is ITabulated tabulated)
            {
                var all = q.Enumerate().unsqueeze(1).expand([4, 3, 1, 4]);
                (tabulated.Table() - f.Evaluate(all)).abs().max().Number().ShouldBeLessThan(1e-12);
                continue;
            }

            var changed = SingleChanges.Of(b);
            var expected = f.Evaluate(changed.flatten(0, 1)).view([changed.size(0), 2, 3]);
            (((ISingleChanges)f).AtSingleChanges(b) - expected).abs().max().Number().ShouldBeLessThan(1e-12, latents);
        }
    }

    [Fact]
    public void Gains_AnyObjective_AreDifferencesFromThePoint()
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.All().Single(p => p.Name == "categorical-network");
        using var rng = new Generator(6);
        var b = problem.Law(problem.Copies(1)).Sample([5], rng);
        var changed = SingleChanges.Of(b);
        var rises = problem.F(changed.flatten(0, 1)).view([changed.size(0), 5, 1]) - problem.F(b);
        var gains = SingleChanges.Gains(b, rises);
        for (var point = 0; point < 5; point++)
            for (var n = 0; n < 2; n++)
                for (var k = 0; k < 4; k++)
                {
                    var other = b.narrow(0, point, 1).clone();
                    other.select(2, n).zero_();
                    other.select(2, n).select(-1, k).fill_(1.0);
                    var rise = problem.F(other).Number() - problem.F(b).select(0, point).Number();
                    gains.select(0, point).select(1, n).select(-1, k).Number().ShouldBe(rise, 1e-12);
                }
    }

    // Table and single rows, or products of rows and columns: the same gradient of everything.
    [Fact]
    public void Enumeration_WithATable_HasTheGradientWithoutIt()
    {
        using var scope = torch.NewDisposeScope();
        var (model, x) = Model("1x4");
        using var rng = new Generator(3);
        var with = Gradients(new Enumeration());
        var without = Gradients(new Plain(new Enumeration()));
        foreach (var (a, b) in with.Zip(without)) (a - b).abs().max().Number().ShouldBeLessThan(1e-12);

        Tensor[] Gradients(GradientEstimator estimator) => Autograd.Grad([model.Objective(x, estimator, rng).Loss], [.. model.parameters()]);
    }

    [Fact]
    public void Epsilon_ZeroOrThroughZero_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new DirectOptimization { Epsilon = 0 }).Message.ShouldContain("Epsilon");
        Should.Throw<ArgumentOutOfRangeException>(() => new DirectOptimization { Epsilon = new LinearSchedule(-1, 1, 10) });
        Should.Throw<InputException>(() => EstimatorCatalog.All.Find("direct").Example(new([new("epsilon", "exponential(1, rate=1)")]))).Message.ShouldContain("floor");
        new DirectOptimization { Epsilon = new LinearSchedule(-1, -0.1, 10) }.Epsilon.At(10).ShouldBe(-0.1);
        using var standard = (DirectOptimization)EstimatorCatalog.All.Find("direct").Example();
        (standard.Epsilon.At(0), standard.Epsilon.At(499), standard.Epsilon.At(1_000_000)).ShouldBe((1, 1, 0.1));
        standard.Epsilon.At(150_000).ShouldBe(Math.Exp(-1.5), 1e-12);
    }

    // The gradient of sum_z ((softmax(h + epsilon f) - softmax(h)) / epsilon)_z h(z), the differences held fixed.
    private static double[] ClosedForm(Problem problem, double epsilon)
    {
        var parameters = problem.Copies(1);
        var q = problem.Law(parameters);
        var values = q.Enumerate().unsqueeze(1);
        var h = q.JointLogProb(values).flatten();
        var f = problem.F(values).flatten();
        var weight = ((h + (epsilon * f)).softmax(0) - h.softmax(0)) / epsilon;
        return Autograd.Grad([(weight.detach() * h).sum()], [parameters])[0].ToArray<double>();
    }

    private static Problem Joint(Problem problem)
    {
        var values = problem.Law(problem.Parameters.unsqueeze(0)).Enumerate().unsqueeze(1).DetachFromDisposeScope();
        var f = problem.F(values).flatten().DetachFromDisposeScope();
        return problem with
        {
            Law = x =>
            {
                var q = problem.Law(x);
                return new OneHotCategorical(q.JointLogProb(values.expand([values.size(0), x.size(0), .. values.shape[2..]])).t().unsqueeze(1));
            },
            F = b => (b * f).sum([-1, -2]),
        };
    }

    // In the mean over q, log q has no gradient: as a part of f the divergence has the gradient of its closed form.
    [Theory]
    [InlineData("1x4")]
    [InlineData("2x3")]
    public void Enumeration_SampledDivergence_HasTheGradientOfTheClosedForm(string latents)
    {
        using var scope = torch.NewDisposeScope();
        var (closed, x) = Model(latents, ("kl-weight", "0.7"));
        var (sampled, _) = Model(latents, ("kl-weight", "0.7"), ("sampled-divergence", "true"));
        var (a, b) = (closed.Objective(x, new Enumeration(), null!), sampled.Objective(x, new Enumeration(), null!));
        b.Value.Number().ShouldBe(a.Value.Number(), 1e-12);
        var (ofClosed, ofSampled) = (Autograd.Grad([a.Loss], [.. closed.parameters()]), Autograd.Grad([b.Loss], [.. sampled.parameters()]));
        foreach (var (g, h) in ofClosed.Zip(ofSampled)) (g - h).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    private static (CategoricalVae Model, Tensor X) Model(string latents, params IEnumerable<(string Key, string Value)> more)
    {
        using var rng = new Generator(1);
        var settings = new Settings([
            new("latents", latents), new("encoder-layers", "[5]"), new("decoder-layers", "[6]"), new("activation", "relu"), .. more.Select(s => KeyValuePair.Create(s.Key, s.Value)),
        ]);
        var model = new CategoricalVae(new(1, 3, 3, [.. Enumerable.Range(1, 9).Select(i => i / 10f)], rng), settings.Fill(new CategoricalVaeOptions()));
        model.to(torch.float64);
        return (model, torch.rand([3, 9], torch.float64, generator: rng).round());
    }

    private sealed class Plain(GradientEstimator inner) : GradientEstimator
    {
        public override Bias Bias => inner.Bias;

        public override bool NeedsDifferentiableObjective => true;

        public override long ObjectiveEvaluations(DiscreteDistribution q) => inner.ObjectiveEvaluations(q);

        public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng) => inner.Estimate(q, Objective.Differentiable(f.Evaluate), rng);
    }
}
