using Heaviside.Distributions;

namespace Heaviside.Tests.Distributions;

/// <summary>Laws of r(zeta | z) and of draws from its mixture.</summary>
public class SmoothingTests
{
    private static readonly double[] Logits = [-50, -6, -1.3, 0, 0.7, 4, 50];

    public static TheoryData<string, double> All => new() { { "spike", 5 }, { "spike", 0.5 }, { "exponential", 10 }, { "exponential", 0.5 }, { "power", 30 }, { "power", 2 } };

    public static TheoryData<string, double> Overlapping => new() { { "exponential", 10 }, { "exponential", 0.5 }, { "power", 30 }, { "power", 2 } };

    public static Smoothing Of(string kind, double beta) => kind switch
    {
        "spike" => new SpikeAndExponential(beta),
        "exponential" => new OverlappingExponential(beta),
        "power" => new PowerFunction(beta),
        _ => throw new ArgumentException(kind),
    };

    private static Tensor Quantile(Smoothing smoothing, Tensor logits, Tensor noise) =>
        smoothing is SpikeAndExponential spike ? spike.Quantile(logits, noise) : ((OverlappingExponential)smoothing).Quantile(logits, noise);

    private static Tensor Cdf(Smoothing smoothing, Tensor logits, Tensor zeta) =>
        ((-logits).sigmoid() * smoothing.Cdf(zeta, 0)) + (logits.sigmoid() * smoothing.Cdf(zeta, 1));

    // Computed apart from this library, at beta 8 and q 0.3.
    [Theory]
    [InlineData("spike", 0.69, 0)]
    [InlineData("spike", 0.71, 0.5760605)]
    [InlineData("spike", 0.9, 0.9493378)]
    [InlineData("exponential", 0.1, 0.0192584)]
    [InlineData("exponential", 0.5, 0.1563340)]
    [InlineData("exponential", 0.69, 0.4814772)]
    [InlineData("exponential", 0.71, 0.6227180)]
    [InlineData("exponential", 0.9, 0.9494110)]
    public void Quantile_KnownLevels_HaveKnownValues(string kind, double level, double expected)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (type, tolerance) in new[] { (torch.float64, 1e-7), (torch.float32, 1e-6) })
        {
            Tensor Logit(double p) => torch.tensor([Math.Log(p / (1 - p))]).to(type);
            Quantile(Of(kind, 8), Logit(0.3), Logit(level)).to(torch.float64).Number().ShouldBe(expected, tolerance);
        }
    }

    // Of logits and levels from one extreme to the other; below the spike's mass the quantile is 0.
    [Theory]
    [InlineData("spike", 5)]
    [InlineData("spike", 0.5)]
    [InlineData("exponential", 10)]
    [InlineData("exponential", 0.5)]
    [InlineData("exponential", 80)]
    public void Quantile_AnyLevel_IsWhereTheMixtureReachesIt(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        var smoothing = Of(kind, beta);
        // Exact in single precision: where the quantile is steep, the rounding of a level alone would move it.
        var logits = torch.tensor(Logits).to(torch.float32).to(torch.float64);
        var noise = (torch.linspace(-40, 40, 401).unsqueeze(1) + torch.zeros([Logits.Length])).to(torch.float64);
        var zeta = Quantile(smoothing, logits, noise);
        var level = Cdf(smoothing, logits, zeta);
        var expected = kind == "spike" ? noise.sigmoid().maximum((-logits).sigmoid()) : noise.sigmoid();
        (level - expected).abs().max().Number().ShouldBeLessThan(1e-12);

        var single = Quantile(smoothing, logits.to(torch.float32), noise.to(torch.float32)).to(torch.float64);
        (single - zeta).abs().max().Number().ShouldBeLessThan(1e-5);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LogDensity_Anywhere_IsTheSlopeOfTheDistributionFunction(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        var smoothing = Of(kind, beta);
        var zeta = torch.linspace(0.01, 0.99, 99, torch.float64);
        foreach (var bit in kind == "spike" ? new[] { 1 } : [0, 1])
        {
            var slope = (smoothing.Cdf(zeta + 1e-6, bit) - smoothing.Cdf(zeta - 1e-6, bit)) / 2e-6;
            (slope / smoothing.LogDensity(zeta, bit).exp() - 1).abs().max().Number().ShouldBeLessThan(1e-5);
            smoothing.Cdf(torch.ones([1], torch.float64), bit).Number().ShouldBe(1, 1e-12);
            smoothing.Cdf(torch.zeros([1], torch.float64), bit).Number().ShouldBe(0, 1e-12);
        }
    }

    // Kolmogorov and Smirnov: sqrt(n) D is above 2.7 for one in a million sets of draws, and for fewer where there is a spike. Powers of
    // single precision are 0 below its range.
    [Theory]
    [MemberData(nameof(All))]
    public void Draw_ManyTimes_HasTheMixtureAsLaw(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(11);
        const int Draws = 40_000;
        var smoothing = Of(kind, beta);
        foreach (var type in new[] { torch.float64, torch.float32 })
            foreach (var logit in new[] { -1.3, 0.4, 2.5 })
            {
                var l = torch.full([1], logit, type);
                var zeta = smoothing.Draw(l, [Draws], rng).Zeta.to(torch.float64).reshape([-1]).sort(0).Values;
                var grid = torch.cat([torch.linspace(1e-6, 0.02, 200, torch.float64), torch.linspace(0.02, 0.98, 500, torch.float64), torch.linspace(0.98, 0.9999, 200, torch.float64)]);
                var below = zeta.unsqueeze(0).le(grid.unsqueeze(1)).to(torch.float64).mean([1]);
                (below - Cdf(smoothing, l.to(torch.float64), grid)).abs().max().Number().ShouldBeLessThan(2.7 / Math.Sqrt(Draws), $"{type}, logit {logit}");
            }
    }

    // The derivative of the mixture's quantile at a fixed level, which bisection finds for any smoothing.
    [Theory]
    [MemberData(nameof(All))]
    public void Slope_AnyLevel_IsThatOfTheQuantile(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        var smoothing = Of(kind, beta);
        foreach (var logit in new[] { -3.0, -0.8, 0.2, 2.2 })
        {
            var levels = torch.linspace(0.02, 0.98, 49, torch.float64);
            Tensor At(double l) => SmoothedQuadrature.Invert(zeta => Cdf(smoothing, torch.full([1], l, torch.float64), zeta), levels);
            var zeta = At(logit);
            var slope = smoothing.Slope(torch.full([1], logit, torch.float64), kind == "spike" ? torch.where(zeta.gt(1e-15), zeta, 0) : zeta);
            var expected = (At(logit + 1e-5) - At(logit - 1e-5)) / 2e-5;
            (slope - expected).abs().max().Number().ShouldBeLessThan(1e-5, $"logit {logit}");
            slope.max().Number().ShouldBeGreaterThan(0.001);
        }
    }

    // Through the closed form of the quantile where there is one, through t = logit zeta for powers.
    [Theory]
    [MemberData(nameof(All))]
    public void Draw_Gradients_AreTheImplicitOnes(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var smoothing = Of(kind, beta);
        var logits = torch.linspace(-5, 5, 2000, torch.float64).requires_grad_();
        var drawn = smoothing.Draw(logits, [1], rng);
        var gradient = Autograd.Grad([drawn.Zeta.sum()], [logits], retainGraph: true)[0];
        var slope = smoothing.Slope(logits, drawn.Zeta.detach()).select(0, 0);
        // What 1 - zeta has lost where a power puts it next to 0 is missing in the slope of zeta too.
        var exact = drawn.Zeta.detach().select(0, 0).lt(1 - 1e-6).to(torch.float64);
        ((gradient - slope) * exact).abs().max().Number().ShouldBeLessThan(1e-8);
    }

    // p(z = 1 | zeta) by Bayes.
    [Theory]
    [MemberData(nameof(Overlapping))]
    public void Draw_Posterior_IsThatOfBayes(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var smoothing = Of(kind, beta);
        var logits = torch.linspace(-5, 5, 2000, torch.float64);
        var drawn = smoothing.Draw(logits, [1], rng);
        var exact = drawn.Zeta.select(0, 0).lt(1 - 1e-6).to(torch.float64);
        var ratio = smoothing.LogRatio(drawn.Zeta.detach());
        (((drawn.Posterior.detach().logit() - logits - ratio) * exact).abs() / (1 + ratio.abs())).max().Number().ShouldBeLessThan(1e-6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Draw_PosteriorMean_IsTheProbability(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        const int Draws = 100_000;
        foreach (var logit in new[] { -2.0, 0.3, 3 })
        {
            var posterior = Of(kind, beta).Draw(torch.full([1], logit, torch.float32), [Draws], rng).Posterior.to(torch.float64);
            var error = posterior.std().Number() / Math.Sqrt(Draws);
            posterior.mean().Number().ShouldBe(1 / (1 + Math.Exp(-logit)), 4.5 * error);
        }
    }

    // E[p(z = 1 | zeta)] = q has the derivative q (1 - q). The variance of what is averaged, relative to its square, is q / (1 - q) with a
    // spike, where (1 - z) / (1 - q) estimates it: high for bits that are nearly always 1. Overlapping laws treat 0 and 1 alike and
    // have more variance the sharper they are, 43 at beta 10 and q = 1/2.
    [Fact]
    public void Draw_SlopeOfThePosterior_HasTheVarianceOfItsSmoothing()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(6);
        const int Draws = 200_000;
        double Variance(Smoothing smoothing, double q)
        {
            var logits = torch.full([Draws], Math.Log(q / (1 - q)), torch.float64).requires_grad_();
            var slopes = Autograd.Grad([smoothing.Draw(logits, [], rng).Posterior.sum()], [logits])[0] / (q * (1 - q));
            var error = slopes.std().Number() / Math.Sqrt(Draws);
            slopes.mean().Number().ShouldBe(1, 4.5 * error, $"{smoothing}, q = {q}");
            return slopes.var().Number();
        }

        foreach (var q in new[] { 0.1, 0.5, 0.9, 0.99 })
        {
            Variance(new SpikeAndExponential(5), q).ShouldBe(q / (1 - q), 0.1 * q / (1 - q), $"q = {q}");
            var (five, ten) = (Variance(new OverlappingExponential(5), q), Variance(new OverlappingExponential(10), q));
            ten.ShouldBeGreaterThan(5 * five);
            if (q == 0.5) ten.ShouldBe(42.7, 4.3);
            if (q <= 0.5) five.ShouldBeGreaterThan(2 * q / (1 - q));
            if (q == 0.99) five.ShouldBeLessThan(0.5 * q / (1 - q));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Draw_ExtremeLogits_StaysFinite(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            var logits = torch.tensor([-1000, -100, -50, -20, 0, 20, 50, 100, 1000.0]).to(type).requires_grad_();
            var drawn = Of(kind, beta).Draw(logits, [20_000], rng);
            var slope = Autograd.Grad([drawn.Zeta.sum() + (drawn.Zeta * drawn.Posterior).sum()], [logits])[0];
            foreach (var t in new[] { drawn.Zeta, drawn.Posterior, slope }) t.isfinite().all().item<bool>().ShouldBeTrue($"{type}");
            foreach (var t in new[] { drawn.Zeta, drawn.Posterior }) t.ge(0).logical_and(t.le(1)).all().item<bool>().ShouldBeTrue($"{type}");
            var mean = drawn.Posterior.mean([0]).to(torch.float64);
            mean[2].Number().ShouldBe(0, 1e-9);
            mean[6].Number().ShouldBe(1, 1e-9);
        }
    }

    // Slopes are numbers: a second derivative would silently be wrong.
    [Theory]
    [InlineData("power", 30)]
    public void Draw_DifferentiatedTwice_IsRefused(string kind, double beta)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        var logits = torch.zeros([3], torch.float64).requires_grad_();
        var zeta = Of(kind, beta).Draw(logits, [], rng).Zeta;
        Should.Throw<Exception>(() => Autograd.Grad([zeta.sum()], [logits], createGraph: true)).Message.ShouldContain("no second derivative");
    }

    [Theory]
    [InlineData("spike", 0)]
    [InlineData("exponential", -1)]
    [InlineData("exponential", 81)]
    [InlineData("power", 0.9)]
    [InlineData("power", double.NaN)]
    public void Constructor_BetaOutOfRange_IsRefused(string kind, double beta) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Of(kind, beta)).ParamName.ShouldBe("beta");
}
