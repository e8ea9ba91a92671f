using Heaviside.Laboratory;
using Heaviside.Laws;
using Heaviside.Tests.Training;

namespace Heaviside.Tests.Laboratory;

public class SweepTests
{
    private const double Exact = 0.0196611933;

    // The mean gradients by quadrature, f(b) = (b - 0.45)^2 at logit 1.
    [Fact]
    public void Run_ConcreteOnOneBit_HasTheBiasOfQuadrature()
    {
        var rows = Sweep.On(ProblemCatalog.OneBit(torch.CPU, 0.45, 1), draws: 400_000, seed: 5)
            .Run(EstimatorChoice.ParseList("gumbel-softmax"), [0.1, 0.5, 1]).ToList();
        rows.Select(r => r.Value).ShouldBe([0.1, 0.5, 1]);
        foreach (var (row, mean) in rows.Zip([0.02849, 0.04795, 0.04472]))
        {
            row.Report.Mean[0].ShouldBe(mean, (EstimatorLaws.MaxScore * row.Report.RelativeError!.Value * Exact) + 5e-6);
            row.Report.RelativeBias!.Value.ShouldBe(Math.Abs(row.Report.Mean[0] - Exact) / Exact, 1e-6);
        }
    }

    // At logit 1 with eta = 1 and the plain relaxation.
    [Fact]
    public void Run_RebarOnOneBit_KeepsTheTemperatureAndHasTheVarianceOfQuadrature()
    {
        var rows = Sweep.On(ProblemCatalog.OneBit(torch.CPU, 0.45, 1), draws: 400_000, seed: 5)
            .Run(EstimatorChoice.ParseList("rebar(relaxation=concrete, scale=none, baseline=none)"), [0.1, 0.5, 1]).ToList();
        foreach (var (row, variance) in rows.Zip([0.0689, 0.01676, 0.01192]))
        {
            row.Report.Variance.ShouldBe(variance, 0.02 * variance);
            row.Report.RelativeBias!.Value.ShouldBeLessThan(EstimatorLaws.MaxScore * row.Report.RelativeError!.Value);
        }
    }

    [Fact]
    public void Run_WhatHasNoTemperatureOrItsOwn_IsMeasuredOnce()
    {
        var rows = Sweep.On(ProblemCatalog.OneBit(torch.CPU, 0.45, 1), draws: 100, seed: 5)
            .Run(EstimatorChoice.ParseList("reinforce,gumbel-softmax(temperature=2)"), [0.1, 0.5, 1]).ToList();
        rows.Select(r => (r.Report.Name, r.Value)).ShouldBe([("reinforce", null), ("gumbel-softmax(temperature=2)", (double?)null)]);
    }

    // The bias of the mean (sigmoid(l + epsilon d) - sigmoid(l)) / epsilon, d = f(1) - f(0), against that with the derivative.
    [Fact]
    public void Run_DirectOptimization_IsSweptOverEpsilon()
    {
        const double Logit = 1, Rise = (0.55 * 0.55) - (0.45 * 0.45);
        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        var exact = Rise * Sigmoid(Logit) * (1 - Sigmoid(Logit));
        var rows = Sweep.On(ProblemCatalog.OneBit(torch.CPU, 0.45, Logit), draws: 1_000_000, seed: 5).Run(EstimatorChoice.ParseList("direct"), [1, 20]).ToList();
        rows.Select(r => (r.Setting, r.Value)).ShouldBe([("epsilon", 1), ("epsilon", 20)]);
        foreach (var row in rows)
        {
            var mean = (Sigmoid(Logit + (row.Value!.Value * Rise)) - Sigmoid(Logit)) / row.Value.Value;
            row.Report.RelativeBias!.Value.ShouldBe(Math.Abs(mean - exact) / exact, EstimatorLaws.MaxScore * row.Report.RelativeError!.Value);
        }
    }

    [Fact]
    public void On_ModelWithFewBits_ComparesWithTheExactGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var experiment = TinyRun.Experiment(("model", "sbn"), ("layers", "[2, 2]"));
        using var rng = new Generator(1);
        var rows = Sweep.On(experiment, torch.rand([4, 16], generator: rng).round(), draws: 400)
            .Run(EstimatorChoice.ParseList("enumeration,reinforce,gumbel-softmax"), [3]).ToDictionary(r => r.Report.Name, r => r.Report);
        rows["enumeration"].RelativeBias!.Value.ShouldBeLessThan(1e-5);
        rows["reinforce"].RelativeBias!.Value.ShouldBeLessThan(2 * rows["reinforce"].RelativeError!.Value);
        rows["gumbel-softmax"].RelativeBias!.Value.ShouldBeGreaterThan(3 * rows["gumbel-softmax"].RelativeError!.Value);
    }

    [Fact]
    public void On_ModelWithManyBits_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var experiment = TinyRun.Experiment(("model", "sbn"), ("layers", "[30]"));
        Should.Throw<InputException>(() => Sweep.On(experiment, torch.zeros([4, 16]), draws: 2)).Message.ShouldContain("too many to enumerate");
    }
}
