using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Estimators;

/// <summary>Every estimator on laws without variables, without examples or of one class: the same in both precisions, right or refused.</summary>
public class DegenerateEstimateTests
{
    public static TheoryData<string, string, long[]> Cases()
    {
        var data = new TheoryData<string, string, long[]>();
        foreach (var entry in EstimatorCatalog.All)
        {
            if (entry.Latents.HasFlag(LatentKinds.Bits))
                foreach (var shape in new long[][] { [], [2], [2, 0], [0, 3], [2, 3, 0], [2, 1] }) data.Add(entry.Name, "bits", shape);
            if (entry.Latents.HasFlag(LatentKinds.Categories))
                foreach (var shape in new long[][] { [3], [2, 3], [2, 3, 1], [2, 1, 1], [2, 0, 3], [0, 2, 3] }) data.Add(entry.Name, "classes", shape);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estimate_OfADegenerateShape_IsTheSameInBothPrecisions(string name, string kind, long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var single = Outcome(name, kind, shape, torch.float32);
        single.ShouldBe(Outcome(name, kind, shape, torch.float64));
        single.ShouldNotStartWith("!");
    }

    // A constant law has no gradient.
    [Theory]
    [InlineData("direct")]
    [InlineData("direct-two-sided")]
    [InlineData("carms")]
    [InlineData("arsm")]
    [InlineData("reinforce")]
    public void Estimate_OfOneClass_HasTheGradientZeroAndTheValueOfF(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            var logits = torch.full([2, 3, 1], 0.5, type).requires_grad_();
            var estimate = EstimatorCatalog.All.Find(name).Example(new()).Estimate(new OneHotCategorical(logits), Objective.BlackBox(b => b.flatten(2).sum(-1)), rng);
            (estimate.Value - 3).abs().max().Number().ShouldBe(0);
            Autograd.Grad([estimate.Surrogate.sum()], [logits])[0].abs().max().Number().ShouldBe(0, 1e-6);
        }
    }

    private static string Outcome(string name, string kind, long[] shape, ScalarType type)
    {
        using var rng = new Generator(1);
        using var own = new Generator(2);
        var logits = torch.full(shape, 0.5, type).requires_grad_();
        var estimator = EstimatorCatalog.All.Find(name).Create(new(), new([shape.Length > 1 ? shape[1..] : [1]], ContextSize: 2, LogitParameters: 1, own, type));
        return DegenerateOutcome.Of(
            () =>
            {
                DiscreteDistribution q = kind == "bits" ? new Bernoulli(logits) : new OneHotCategorical(logits);
                var f = new LogWeightObjective(b => b.square().reshape([.. b.shape[..Math.Min(2, b.shape.Length)], Rest(b)]).sum(-1), torch.ones([shape.Length > 0 ? shape[0] : 1, 2], type), [logits]);
                return estimator.Estimate(q, f, rng).Surrogate;
            },
            logits);
    }

    private static long Rest(Tensor b) => b.shape.Skip(2).Aggregate(1L, (a, n) => a * n);
}
