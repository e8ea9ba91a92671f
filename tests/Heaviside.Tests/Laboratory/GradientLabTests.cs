using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laboratory;

namespace Heaviside.Tests.Laboratory;

public class GradientLabTests
{
    // f(b) = sum_i (b_i - 0.45)^2 of two bits with logits 0 and 1.
    private static readonly double[] Exact = [0.025, 0.0196611933];

    private static Tensor Loss(Tensor logits, GradientEstimator estimator, Generator rng) =>
        estimator.Estimate(new Bernoulli(logits.unsqueeze(0)), Objective.Differentiable(b => (b - 0.45).square().sum(-1)), rng).Surrogate.sum();

    [Fact]
    public void Measure_OwnModel_GivesMeanVarianceAndBiasOfTheFormulas()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor([0.0, 1.0]).requires_grad_();
        var reports = GradientLab.Measure(
            (estimator, rng) => Loss(logits, estimator, rng), [logits], [("exact", new Enumeration()), ("st", new StraightThrough { Samples = 200 })], draws: 2000);

        reports.Select(r => r.Name).ShouldBe(["exact", "st"]);
        reports[0].Mean.Zip(Exact).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-9);
        reports[0].Variance.ShouldBe(0, 1e-20);
        reports[0].Bias!.Value.ShouldBe(0, 1e-12);

        // The mean of straight-through is 2 (p - t) p (1 - p): 0.025 and 0.110518941.
        var norm = Math.Sqrt(Exact.Sum(e => e * e));
        reports[1].ExactNorm!.Value.ShouldBe(norm, 1e-9);
        reports[1].RelativeBias!.Value.ShouldBe((0.110518941 - Exact[1]) / norm, 5 * reports[1].RelativeError!.Value);
        // One sample of component i is 2 (b - t) p (1 - p), of variance 4 p^3 (1 - p)^3.
        double OfOne(double p) => 4 * Math.Pow(p * (1 - p), 3);
        reports[1].Variance.ShouldBe((OfOne(0.5) + OfOne(0.7310585786)) / 2 / 200, 0.1 * reports[1].Variance);
    }

    [Fact]
    public void Measure_TooManyLatents_LeavesTheBiasOut()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.zeros([40]).requires_grad_();
        var report = GradientLab.Measure((estimator, rng) => Loss(logits, estimator, rng), [logits], [("reinforce", new Reinforce())], draws: 10).Single();
        report.Bias.ShouldBeNull();
        report.RelativeError.ShouldBeNull();
        report.Variance.ShouldBeGreaterThan(0);
    }
}
