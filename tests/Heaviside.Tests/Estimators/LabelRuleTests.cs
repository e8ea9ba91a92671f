using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Regularizers;
using MathNet.Numerics.Integration;

namespace Heaviside.Tests.Estimators;

public class LabelRuleTests
{
    [Fact]
    public void Of_EstimatorWithoutARule_IsTheLogProbability()
    {
        using var scope = torch.NewDisposeScope();
        using var reinforce = new Reinforce();
        using var rng = new Generator(1);
        var classes = LabelRule.Of(reinforce, new OneHotCategorical(torch.tensor([1.0, 2, 0.5, 0, 0, 0], [2, 1, 3])), torch.tensor([0.0, 1, 0, 1, 0, 0], [2, 1, 3]), rng);
        var sum = Math.E + Math.Exp(2) + Math.Exp(0.5);
        classes.ToArray<double>().ShouldBe([2 - Math.Log(sum), -Math.Log(3)], 1e-12);
        var bits = LabelRule.Of(reinforce, new Bernoulli(torch.tensor([1.0, -2], [1, 2])), torch.tensor([1.0, 0], [1, 2]), rng);
        bits.ToArray<double>().ShouldBe([-Math.Log(1 + Math.Exp(-1)) - Math.Log(1 + Math.Exp(-2))], 1e-12);
    }

    // Of two classes only the difference of their noises counts, which is logistic.
    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.3, 5)]
    [InlineData(2, 1)]
    public void Of_GumbelSoftmax_IsTheMeanLogarithmOfTheRelaxedSample(double temperature, int samples)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        const int Draws = 200_000;
        var exact = Enumerable.Range(-200, 400).Sum(i => GaussLegendreRule.Integrate(
            u => -Math.Log(1 + Math.Exp(-(0.7 + u) / temperature)) * Math.Exp(-u) / Math.Pow(1 + Math.Exp(-u), 2), 0.2 * i, 0.2 * (i + 1), 10));
        var categories = new OneHotCategorical(torch.tensor([0.7, 0]).expand([Draws, 1, 2]));
        var bits = new Bernoulli(torch.tensor([0.7]).expand([Draws, 1]));
        foreach (var estimator in new GradientEstimator[]
        {
            new GumbelSoftmax { Temperature = temperature, Samples = samples },
            new StraightThroughGumbelSoftmax { Temperature = temperature, Samples = samples },
        })
        {
            using var _ = estimator;
            foreach (var (law, label) in new (FactorialDistribution, Tensor)[] { (categories, torch.tensor([1.0, 0]).expand([Draws, 1, 2])), (bits, torch.ones([Draws, 1], torch.float64)) })
            {
                var values = LabelRule.Of(estimator, law, label, rng);
                values.shape.ShouldBe([Draws]);
                values.mean().Number().ShouldBe(exact, EstimatorLaws.MaxScore * Math.Sqrt(values.var([0L]).Number() / Draws));
            }
        }
    }

    [Fact]
    public void Of_RelaxedSampleThatRoundsToZero_IsFinite()
    {
        using var scope = torch.NewDisposeScope();
        using var estimator = new GumbelSoftmax { Temperature = 0.01 };
        using var rng = new Generator(1);
        var logits = torch.tensor([50f, -50], [1, 1, 2]).requires_grad_();
        LabelRule.Of(estimator, new OneHotCategorical(logits), torch.tensor([0f, 1], [1, 1, 2]), rng).sum().backward();
        logits.grad!.ToArray<float>().ShouldBe([-100, 100], 1e-3f);
    }

    // The label takes the place of the value drawn towards f: (label - softmax(h)) / |epsilon| in the mean.
    [Theory]
    [InlineData(0.5)]
    [InlineData(-2)]
    public void Of_DirectOptimization_HasThePerceptronsGradient(double epsilon)
    {
        using var scope = torch.NewDisposeScope();
        using var estimator = new DirectOptimization { Epsilon = epsilon };
        using var rng = new Generator(5);
        const int Draws = 100_000;
        var logits = torch.tensor([0.4, -1, 1.1]).expand([Draws, 1, 3]).contiguous().requires_grad_();
        LabelRule.Of(estimator, new OneHotCategorical(logits), torch.tensor([0.0, 1, 0]).expand([Draws, 1, 3]), rng).sum().backward();
        var (mean, variance) = (logits.grad!.mean([0L]).flatten().ToArray<double>(), logits.grad!.var([0L]).flatten().ToArray<double>());
        var weights = new[] { 0.4, -1, 1.1 }.Select(Math.Exp).ToArray();
        for (var k = 0; k < 3; k++)
            mean[k].ShouldBe(((k == 1 ? 1 : 0) - (weights[k] / weights.Sum())) / Math.Abs(epsilon), EstimatorLaws.MaxScore * Math.Sqrt(variance[k] / Draws));
    }

    [Fact]
    public void Of_StabilityRegularized_IsTheRuleInside()
    {
        using var scope = torch.NewDisposeScope();
        var inner = new GumbelSoftmax();
        using var outer = new StabilityRegularized(inner, new StabilityRegularizer());
        var (law, label) = (new OneHotCategorical(torch.zeros([4, 1, 3])), torch.eye(3).narrow(0, 0, 1).expand([4, 1, 3]));
        double[] Values(GradientEstimator estimator)
        {
            using var rng = new Generator(1);
            return LabelRule.Of(estimator, law, label, rng).@double().ToArray<double>();
        }

        Values(outer).ShouldBe(Values(inner));
    }

    [Fact]
    public void Of_LabelsOfAnotherShape_NamesExpectedAndActual()
    {
        using var scope = torch.NewDisposeScope();
        using var reinforce = new Reinforce();
        using var rng = new Generator(1);
        Should.Throw<ArgumentException>(() => LabelRule.Of(reinforce, new OneHotCategorical(torch.zeros([4, 1, 3])), torch.zeros([4, 3]), rng))
            .Message.ShouldContain("expected shape [4, 1, 3], got [4, 3]");
    }
}
