using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Estimators;

public class GumBoltTests
{
    private static readonly double[] Weights = [0.7, -1.3, 0.4];

    private static Tensor Logits() => torch.tensor([0.3, -0.8, 1.1, 0.2, 0.6, -0.5], [2, 3]).requires_grad_();

    // A log-weight that is not linear in any bit.
    private static LogWeightObjective F(Bernoulli q) =>
        new(b => ((b * torch.tensor(Weights)).sum(-1).tanh() * 2) - StochasticChain.LayerLogProb(q, b), torch.zeros([2, 1]), []);

    [Fact]
    public void Estimate_OneSample_IsGumbelSoftmax()
    {
        using var scope = torch.NewDisposeScope();
        double[] Of(GradientEstimator estimator)
        {
            using var rng = new Generator(3);
            var logits = Logits();
            var q = new Bernoulli(logits);
            var estimate = estimator.Estimate(q, F(q), rng);
            estimate.Surrogate.mean().backward();
            return [.. estimate.Value.ToArray<double>(), .. logits.grad!.ToArray<double>()];
        }

        Of(new GumBolt()).ShouldBe(Of(new GumbelSoftmax { Temperature = 1.0 / 7 }), 1e-14);
    }

    // log 1/K sum_k w_k of relaxed points, and sum_k of normalized weights times gradients of log w_k.
    [Fact]
    public void Estimate_SeveralSamples_IsTheBoundOfTheRelaxedPoints()
    {
        using var scope = torch.NewDisposeScope();
        const double Temperature = 0.4;
        using var rng = new Generator(3);
        using var same = new Generator(3);
        var (logits, others) = (Logits(), Logits());
        var estimate = new GumBolt { Samples = 4, Temperature = Temperature }.Estimate(new Bernoulli(logits), F(new(logits)), rng);
        estimate.Point.ShouldBe(EvaluationPoint.RelaxedImportanceWeighted);

        var y = new RelaxedBernoulli(others, Temperature).RSample([4], same);
        var logWeights = F(new(others)).Evaluate(y);
        (logWeights.exp().mean([0]).log() - estimate.Value[0]).abs().max().Number().ShouldBeLessThan(1e-12);
        estimate.Surrogate.sum().backward();
        (logWeights.softmax(0).detach() * logWeights).sum().backward();
        (logits.grad! - others.grad!).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // At temperature 1e-5 the points are bits, and the objective the bound of K samples.
    [Fact]
    public void Estimate_TemperatureNearZero_HasTheValueOfTheDiscreteBound()
    {
        using var scope = torch.NewDisposeScope();
        var q = new Bernoulli(Logits());
        double[] Of(GradientEstimator estimator)
        {
            using var rng = new Generator(3);
            return estimator.Estimate(q, F(q), rng).Value.ToArray<double>();
        }

        var relaxed = Of(new GumBolt { Samples = 3, Temperature = 1e-5 });
        using var noise = new Generator(3);
        var law = (IRelaxable)q;
        var bits = law.Threshold(law.Perturb(law.Noise([3], noise)));
        var hard = (F(q).Evaluate(bits).logsumexp(0) - Math.Log(3)).ToArray<double>();
        relaxed.ShouldBe(hard, 1e-4);
    }

    [Fact]
    public void Estimate_NoLogWeight_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        Should.Throw<UnsupportedException>(() => new GumBolt().Estimate(new Bernoulli(Logits()), new DifferentiableObjective(b => b.sum(-1)), rng)).Message
            .ShouldContain(nameof(ILogWeight));
    }
}
