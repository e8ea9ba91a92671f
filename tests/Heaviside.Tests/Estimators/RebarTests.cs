using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;

namespace Heaviside.Tests.Estimators;

/// <summary>REBAR and its kin against integrals over their noise.</summary>
public class RebarTests
{
    private const int Points = 200_000;

    // Means and variances at eta = 1, from quadrature done elsewhere.
    [Theory]
    [InlineData(0.45, 0.1, Relaxation.Concrete, 0.0689)]
    [InlineData(0.45, 0.5, Relaxation.Concrete, 0.01676)]
    [InlineData(0.45, 0.5, Relaxation.ToMean, 0.01597)]
    [InlineData(0.45, 1.0, Relaxation.Concrete, 0.01192)]
    [InlineData(0.45, 1.0, Relaxation.ToMean, 0.01019)]
    [InlineData(0.499, 0.1, Relaxation.Concrete, 0.0681)]
    [InlineData(0.499, 0.1, Relaxation.ToMean, 0.0680)]
    [InlineData(0.499, 0.5, Relaxation.Concrete, 0.01844)]
    [InlineData(0.499, 0.5, Relaxation.ToMean, 0.01785)]
    [InlineData(0.499, 1.0, Relaxation.Concrete, 0.01388)]
    [InlineData(0.499, 1.0, Relaxation.ToMean, 0.01262)]
    public void Estimate_OneBitCommonNoise_HasTheExactMeanAndTheVarianceOfQuadrature(double target, double lambda, Relaxation relaxation, double variance)
    {
        using var scope = torch.NewDisposeScope();
        var g = OneBit(Plain(lambda, relaxation), target, Grid(Points));
        g.mean().Number().ShouldBe(OneBitGradient(target), 2e-5);
        g.var([]).Number().ShouldBe(variance, 1e-4);
    }

    [Theory]
    [InlineData(0.1, Relaxation.Concrete, 0.0708)]
    [InlineData(0.1, Relaxation.ToMean, 0.0717)]
    [InlineData(0.5, Relaxation.Concrete, 0.0174)]
    [InlineData(0.5, Relaxation.ToMean, 0.0195)]
    [InlineData(1.0, Relaxation.Concrete, 0.0125)]
    [InlineData(1.0, Relaxation.ToMean, 0.0129)]
    public void Estimate_OneBitIndependentNoise_HasTheExactMeanAndTheVarianceOfQuadrature(double lambda, Relaxation relaxation, double variance)
    {
        using var scope = torch.NewDisposeScope();
        const int side = 1000;
        var (u, v) = (Grid(side).repeat_interleave(side, 0), Grid(side).repeat([side]));
        var g = OneBit(Plain(lambda, relaxation, NoiseCoupling.Independent), 0.45, u, v);
        g.mean().Number().ShouldBe(OneBitGradient(0.45), 2e-4);
        g.var([]).Number().ShouldBe(variance, 1.5e-4);
    }

    // With g(eta) = g(0) - eta h, the best scale is cov(g(0), h) / var(h).
    [Theory]
    [InlineData(0.45, 0.5, Relaxation.Concrete, 0.0170, 0.010344)]
    [InlineData(0.45, 0.5, Relaxation.ToMean, 0.1100, 0.010259)]
    [InlineData(0.45, 1.0, Relaxation.Concrete, 0.0625, 0.010339)]
    [InlineData(0.45, 1.0, Relaxation.ToMean, 0.5318, 0.009633)]
    [InlineData(0.499, 0.5, Relaxation.ToMean, 0.0544, 0.012224)]
    [InlineData(0.499, 1.0, Relaxation.ToMean, 0.3998, 0.011944)]
    public void Estimate_OneBit_HasTheBestScaleOfQuadrature(double target, double lambda, Relaxation relaxation, double scale, double variance)
    {
        using var scope = torch.NewDisposeScope();
        var g = OneBit(Plain(lambda, relaxation), target, Grid(Points));
        var g0 = OneBit(new Reinforce(), target, Grid(Points));
        var h = g0 - g;
        var covariance = ((g0 - g0.mean()) * (h - h.mean())).mean().Number();
        var best = covariance / h.var([]).Number();
        best.ShouldBe(scale, 2e-4);
        (g0 - (best * h)).var([]).Number().ShouldBe(variance, 2e-6);
    }

    // At a high temperature the relaxation is the mean, and the control variate a constant baseline f(theta).
    [Fact]
    public void Estimate_HighTemperature_IsSimpleMuProp()
    {
        using var scope = torch.NewDisposeScope();
        var g = OneBit(Plain(1e6), 0.45, Grid(1000));
        var b = Grid(1000).gt(-1).to(torch.float64);
        var theta = 1 / (1 + Math.Exp(-1));
        var expected = ((b - 0.45).square() - ((theta - 0.45) * (theta - 0.45))) * (b - theta);
        (g - expected).abs().max().Number().ShouldBeLessThan(1e-5);
    }

    // d/dp1, d/dp2, d/dw of the two-layer chain: the leak of the released code is in the second layer alone.
    [Theory]
    [InlineData("rebar", 0.3928387315, 0.1205301127, 0.1573382257)]
    [InlineData("rebar-single-coupling", 0.3928387315, 0.1205301127, 0.1573382257)]
    [InlineData("rebar-released-code", 0.3928387315, 0.2016, null)]
    public void Estimate_TwoLayerChain_HasTheMeanOfQuadrature(string name, double p1, double p2, double? w)
    {
        using var scope = torch.NewDisposeScope();
        const int side = 300;
        using var rng = new Generator(1);
        var estimator = EstimatorCatalog.All.Find(name).Create(
            new([new("learn-temperature", "false"), new("relaxation", "concrete"), new("scale", "none"), new("baseline", "none")]),
            new([[1], [1]], ContextSize: 1, LogitParameters: 1, rng, torch.float64));
        var parameters = torch.tensor([0.3, -0.4, 0.8]).unsqueeze(0).repeat([side * side, 1]).requires_grad_();
        var (u1, u2) = (Grid(side).repeat_interleave(side, 0), Grid(side).repeat([side]));
        var (l1, l2, weight) = (parameters.narrow(1, 0, 1), parameters.narrow(1, 1, 1), parameters.narrow(1, 2, 1));
        var chain = new StochasticChain(
            new GridBernoulli(l1, u1.reshape([1, -1, 1])),
            new StochasticLayer(1, b1 => new GridBernoulli((weight * b1) + l2, u2.reshape([1, -1, 1]))));
        var f = Objective.Differentiable(b =>
        {
            var (b1, b2) = (b.select(-1, 0), b.select(-1, 1));
            return (1.3 * (b1 - 0.2).square()) + (0.9 * (b2 - 0.7).square()) + (1.5 * b1 * b2);
        });
        var mean = Autograd.Grad([estimator.Estimate(chain, f, rng).Surrogate.sum()], [parameters])[0].mean([0L]).ToArray<double>();
        mean[0].ShouldBe(p1, 1e-3);
        mean[1].ShouldBe(p2, 1e-3);
        if (w is { } slope) mean[2].ShouldBe(slope, 1e-3);
    }

    [Fact]
    public void Estimate_ScaleOfZero_IsReinforceDrawByDraw()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var rebar = new Rebar { LearnTemperature = false, Baseline = BaselineKind.None }.Prepare(Input(rng));
        using (torch.no_grad()) rebar.parameters().Single().fill_(-200); // of the scale
        var difference = OneBit(rebar, 0.45, Grid(1000)) - OneBit(new Reinforce(), 0.45, Grid(1000));
        difference.abs().max().Number().ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void Relax_NetworkOfZero_IsRebarDrawByDraw()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var relax = new Relax { ControlLayers = [5], LearnTemperature = false }.Prepare(Input(rng));
        using (torch.no_grad())
            foreach (var p in relax.named_parameters().Where(p => p.name.StartsWith("networks", StringComparison.Ordinal))) p.parameter.zero_();
        var difference = OneBit(relax, 0.45, Grid(1000)) - OneBit(Plain(0.5), 0.45, Grid(1000));
        difference.abs().max().Number().ShouldBeLessThan(1e-12);
    }

    [Theory]
    [InlineData("relax")]
    [InlineData("relax-black-box")]
    [InlineData("rebar-q-function")]
    public void Estimate_OneBitRandomNetwork_HasTheExactMean(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var estimator = EstimatorCatalog.All.Find(name).Create(new(), Input(rng));
        OneBit(estimator, 0.45, Grid(Points)).mean().Number().ShouldBe(OneBitGradient(0.45), 5e-5);
    }

    // A constant added to f changes single draws, but not the mean.
    [Theory]
    [InlineData("rebar")]
    [InlineData("relax")]
    public void Estimate_ConstantAddedToF_KeepsTheMean(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var estimator = EstimatorCatalog.All.Find(name).Create(new([new("baseline", "none")]), Input(rng));
        OneBit(estimator, 0.45, constant: 3, Grid(Points)).mean().Number().ShouldBe(OneBitGradient(0.45), 1e-4);
    }

    [Theory]
    [InlineData("muprop")]
    [InlineData("rebar")]
    [InlineData("relax")]
    public void Estimate_OtherNumberOfLayers_SaysSo(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var estimator = EstimatorCatalog.All.Find(name).Create(new(), Input(rng));
        var chain = new StochasticChain(new Bernoulli(torch.zeros([2, 1])), new StochasticLayer(1, b => new Bernoulli(b)));
        var f = new LogWeightObjective(b => b.sum(-1), torch.ones([2, 1]), []);
        Should.Throw<ArgumentException>(() => estimator.Estimate(chain, f, rng)).Message.ShouldContain("made for 1 stochastic layers, got 2");
    }

    // Without anything that is learned.
    private static Rebar Plain(double temperature, Relaxation relaxation = Relaxation.ToMean, NoiseCoupling noise = NoiseCoupling.Common) => new()
    {
        Temperature = temperature,
        LearnTemperature = false,
        Relaxation = relaxation,
        Scale = ScaleKind.None,
        Baseline = BaselineKind.None,
        Noise = noise,
    };

    private static EstimatorInput Input(Generator rng) => new([[1]], ContextSize: 1, LogitParameters: 1, rng, torch.float64);

    private static double OneBitGradient(double target)
    {
        var theta = 1 / (1 + Math.Exp(-1));
        return theta * (1 - theta) * (1 - (2 * target));
    }

    // Logistic noise at the midpoints of equal parts of its probability.
    private static Tensor Grid(int points)
    {
        var u = (torch.arange(points, torch.float64) + 0.5) / points;
        return u.log() - torch.log1p(-u);
    }

    private static Tensor OneBit(GradientEstimator estimator, double target, params Tensor[] noise) => OneBit(estimator, target, 0, noise);

    // The gradient of (b - t)^2 at logit 1, one value per point of the grid.
    private static Tensor OneBit(GradientEstimator estimator, double target, double constant, params Tensor[] noise)
    {
        using var rng = new Generator(1);
        var logits = torch.ones([noise[0].size(0), 1], torch.float64).requires_grad_();
        var law = new GridBernoulli(logits, noise.Select(n => n.reshape([1, -1, 1])));
        var f = new LogWeightObjective(b => (b - target).square().sum(-1) + constant, torch.ones([logits.size(0), 1], torch.float64), [logits]);
        return Autograd.Grad([estimator.Estimate(law, f, rng).Surrogate.sum()], [logits])[0].flatten();
    }
}
