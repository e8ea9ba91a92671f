using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Numerics;

namespace Heaviside.Tests.Bounds;

public class ElboTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Kinds => [.. BoundProblem.Kinds];

    public static TheoryData<string> ClosedForms => [.. BoundProblem.Kinds.Where(k => !new BoundProblem(k).IsSampled)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Objective_Enumerated_IsTheExactBoundAndItsGradient(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new BoundProblem(kind);
        ShouldBe(problem, problem.Elbo(), new Enumeration(), problem.Exact());
    }

    // A schedule has its value at the step.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Objective_KlWeight_IsThatOfTheDivergenceAtTheStep(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new BoundProblem(kind);
        ShouldBe(problem, problem.Elbo(new LinearSchedule(0, 1, 10), step: 3), new Enumeration(), problem.Exact(0.3));
        ShouldBe(problem, problem.Elbo(0), new Enumeration(), problem.Exact(0));
    }

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Objective_SampledDivergence_IsTheSameInTheMean(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new BoundProblem(kind);
        ShouldBe(problem, problem.Elbo(0.3, sampled: true), new Enumeration(), problem.Exact(0.3));
        ShouldBe(problem, problem.Elbo(sampled: true), new ExactBound(2), problem.Exact(samples: 2));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Objective_BoundOfSeveralSamples_IsExactAndHasItsGradient(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new BoundProblem(kind);
        ShouldBe(problem, problem.Elbo(), new ExactBound(2), problem.Exact(samples: 2));
        ShouldBe(problem, problem.Elbo(1.0), new ExactBound(3), problem.Exact(samples: 3));
    }

    // In closed form the weight has no place there; otherwise it is inside each log-weight.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Objective_BoundOfSeveralSamplesWithKlWeight_IsRefusedOrHasItInside(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new BoundProblem(kind);
        if (problem.IsSampled) ShouldBe(problem, problem.Elbo(0.3), new ExactBound(2), problem.Exact(0.3, samples: 2));
        foreach (var weight in new Schedule[] { 0.3, new LinearSchedule(1, 0, 10) })
            if (!problem.IsSampled)
                Should.Throw<UnsupportedException>(() => problem.Elbo(weight).Objective(new ExactBound(2), null!))
                    .Message.ShouldBe("ExactBound trains a bound of several samples, in which the divergence has no weight of its own: leave out kl-weight");
    }

    // What is evaluated knows no weight.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void OneSampleAndLogWeights_GivenNoise_AreThoseOfTheSamples(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new BoundProblem(kind);
        var elbo = problem.Elbo(0.3);
        Generator Noise() => new(8);
        var b = problem.Q.Sample([5], Noise());
        var weights = elbo.LogWeights(5, Noise());
        weights.shape.ShouldBe([5, BoundProblem.Examples]);
        Difference(weights, problem.LogLikelihood(b) + problem.LogPrior(b) - problem.Q.JointLogProb(b)).ShouldBeLessThan(Tolerance);

        var one = problem.Q.Sample([1], Noise());
        var values = problem.Values();
        var divergence = (problem.Q.JointLogProb(values).exp() * (problem.Q.JointLogProb(values) - problem.LogPrior(values))).sum(dim: 0);
        var ofSample = problem.Q.JointLogProb(one)[0] - problem.LogPrior(one)[0];
        var bound = elbo.OneSample(Noise());
        bound.shape.ShouldBe([BoundProblem.Examples]);
        Difference(bound, problem.LogLikelihood(one)[0] - (problem.IsSampled ? ofSample : divergence)).ShouldBeLessThan(Tolerance);
    }

    // A machine's log Z and its gradient may come from elsewhere, and are asked for once.
    [Fact]
    public void Objective_LogPartitionOfOnesOwn_IsApart()
    {
        using var scope = torch.NewDisposeScope();
        var machine = new Heaviside.Priors.FactorialMachine(2);
        var q = new Bernoulli(torch.zeros([3, 2]));
        var calls = 0;
        Elbo Bound(double logZ, double slope) => new(q, new LikelihoodObjective(b => b.sum(-1), torch.zeros([3, 1]), []), Prior.Boltzmann(machine, new(logZ, () =>
        {
            calls++;
            return slope * machine.Bias.sum();
        })))
        { KlWeight = 0.5 };
        var (zero, other) = (Bound(0, 0).Objective(new Enumeration(), null!), Bound(4, 6).Objective(new Enumeration(), null!));
        calls.ShouldBe(2);
        (zero.Value - other.Value).Number().ShouldBe(2, 1e-6);
        Tensor Slope(TrainingObjective objective) => Autograd.Grad([objective.Loss], [machine.Bias])[0];
        Difference(Slope(zero) + 3, Slope(other)).ShouldBeLessThan(1e-6);
        using var rng = new Generator(1);
        Bound(4, 6).LogWeights(2, rng);
        calls.ShouldBe(2);
    }

    // The structure of the likelihood is that of f, with the divergence estimated too.
    [Fact]
    public void Objective_LikelihoodWithStructure_StaysOne()
    {
        using var scope = torch.NewDisposeScope();
        var q = new OneHotCategorical(torch.tensor([0.2, -0.5, 1, 0.3, 0.1, 0]).view([2, 1, 3]));
        var weights = torch.tensor([0.5, -1, 2]);
        Tensor F(Tensor b) => (b * weights).sum([-1, -2]);
        var context = torch.zeros([2, 1], torch.float64);
        ModelObjective[] likelihoods =
        [
            new TabulatedObjective(F, () => weights.unsqueeze(1).expand([3, 2]), context, []),
            new CodeObjective(F, b => F(SingleChanges.Of(b).flatten(0, 1)).view([-1, b.size(0), 2]), context, []),
            new LikelihoodObjective(F, context, []),
        ];
        foreach (var likelihood in likelihoods)
        {
            var recorder = new Heaviside.Tests.Models.PointRecorder();
            new Elbo(q, likelihood, Prior.Uniform) { SampledDivergence = true, KlWeight = 0.4 }.Objective(recorder, null!);
            var f = recorder.Objective!;
            f.ShouldBeOfType(likelihood.GetType());
            var values = q.Enumerate().unsqueeze(1).expand([3, 2, 1, 3]);
            var expected = F(values) - (0.4 * (q.JointLogProb(values) + Math.Log(3)));
            Difference(f.Evaluate(values), expected).ShouldBeLessThan(Tolerance);
            if (f is ITabulated table) Difference(table.Table(), expected).ShouldBeLessThan(Tolerance);
            if (f is ISingleChanges changes) Difference(changes.AtSingleChanges(values)[0], expected.roll(-1, 0)).ShouldBeLessThan(Tolerance);
        }
    }

    [Fact]
    public void Constructor_Mistakes_AreNamed()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var q = new Bernoulli(torch.zeros([2, 3]));
        var likelihood = new LikelihoodObjective(b => b.sum(-1), torch.zeros([2, 1]), []);
        Should.Throw<ArgumentOutOfRangeException>(() => new Elbo(q, likelihood, Prior.Uniform) { KlWeight = -1 }).ParamName.ShouldBe("KlWeight");
        Should.Throw<ArgumentException>(() => new Elbo(q, likelihood, Prior.Chain(new Bernoulli(torch.zeros([2])), b => new Bernoulli(b))).LogWeights(1, rng))
            .Message.ShouldContain("expected a chain of 2 layers, as the prior has, got 1");
    }

    private static void ShouldBe(BoundProblem problem, Elbo elbo, GradientEstimator estimator, Tensor exact)
    {
        var objective = elbo.Objective(estimator, null!);
        objective.Value.Number().ShouldBe(exact.Number(), Tolerance);
        var (actual, expected) = (Autograd.GradOrNull([objective.Loss], problem.Parameters), Autograd.GradOrNull([-exact], problem.Parameters));
        for (var i = 0; i < actual.Length; i++) Difference(actual[i] ?? torch.zeros(1), expected[i] ?? torch.zeros(1)).ShouldBeLessThan(Tolerance, $"parameter {i}");
    }

    private static double Difference(Tensor a, Tensor b) => (a - b).abs().max().Number();
}
