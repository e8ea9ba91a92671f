using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Bounds;

public class GaussianRowsTests
{
    private const double Tolerance = 1e-12;
    private const int Classes = 3;

    private readonly Tensor mean, logVariance;
    private readonly OneHotCategorical q;
    private readonly GaussianRows rows;

    public GaussianRowsTests()
    {
        using var rng = new Generator(2);
        Tensor Random(params long[] shape) => torch.randn(shape, torch.float64, generator: rng).requires_grad_();
        (mean, logVariance, q) = (Random(2, Classes, 2), Random(2, Classes, 2), new(Random(2, 1, Classes)));
        rows = new(mean, logVariance);
    }

    private Normal Law => new(mean, (0.5 * logVariance).exp());

    private static Normal Standard => new(torch.zeros([2, Classes, 2], torch.float64), torch.ones([2, Classes, 2], torch.float64));

    [Fact]
    public void Members_Rows_AreThoseOfTheirLaws()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        var g = rows.Draw([5], rng);
        g.shape.ShouldBe([5, 2, Classes, 2]);
        Difference(rows.Divergences(), KullbackLeibler.Divergence(Law, Standard).sum(-1)).ShouldBeLessThan(Tolerance);
        Difference(rows.LogPriorRatio(g), (Standard.LogProb(g) - Law.LogProb(g)).sum(-1)).ShouldBeLessThan(Tolerance);
        Should.Throw<ArgumentException>(() => new GaussianRows(mean, logVariance[0])).Message.ShouldContain("logVariance");
        Should.Throw<ArgumentException>(() => rows.LogPriorRatio(g[0][0])).Message.ShouldContain("expected shape");
    }

    // Given the draws: sum_k q_k (log p(x | k, g_k) - KL_k) - w KL(q || uniform), and its gradient.
    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    public void Objective_Enumerated_HasTheDivergencesInClosedForm(double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        using var same = new Generator(4);
        var objective = new Elbo(q, rows, Likelihood, Prior.Uniform) { KlWeight = weight }.Objective(new Enumeration(), rng);

        var g = rows.Draw([], same);
        var p = q.Logits.softmax(-1).squeeze(1);
        var exact = ((p * (OfEach(g) - rows.Divergences())).sum(-1) - (weight * (p * (p.log() + Math.Log(Classes))).sum(-1))).mean();
        objective.Value.Number().ShouldBe(exact.Number(), Tolerance);
        Tensor[] parameters = [q.Logits, mean, logVariance];
        foreach (var (a, b) in Autograd.Grad([objective.Loss], parameters).Zip(Autograd.Grad([-exact], parameters))) Difference(a, b).ShouldBeLessThan(Tolerance);
    }

    // The class is drawn before the Gaussians.
    [Fact]
    public void OneSampleAndLogWeights_GivenNoise_AreThoseOfTheSamples()
    {
        using var scope = torch.NewDisposeScope();
        var elbo = new Elbo(q, rows, Likelihood, Prior.Uniform);
        using var rng = new Generator(4);
        var (z, g) = (q.Sample([5], rng), rows.Draw([5], rng));
        var ratio = Math.Log(Classes) + q.JointLogProb(z) + Chosen(z, (Law.LogProb(g) - Standard.LogProb(g)).sum(-1));
        Difference(elbo.LogWeights(5, new(4)), Chosen(z, OfEach(g)) - ratio).ShouldBeLessThan(Tolerance);

        using var again = new Generator(4);
        (z, g) = (q.Sample([1], again), rows.Draw([], again));
        var divergence = Math.Log(Classes) - q.Entropy().squeeze(-1);
        Difference(elbo.OneSample(new(4)), Chosen(z, OfEach(g) - rows.Divergences())[0] - divergence).ShouldBeLessThan(Tolerance);
    }

    // All samples have the same draws, of which the ratio is in every log-weight.
    [Fact]
    public void Objective_BoundOfSeveralSamples_HasTheRatioOfTheDraws()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        using var same = new Generator(4);
        var objective = new Elbo(q, rows, Likelihood, Prior.Uniform).Objective(new ExactBound(1), rng);
        var g = rows.Draw([], same);
        var p = q.Logits.softmax(-1).squeeze(1);
        var each = OfEach(g) + (Standard.LogProb(g) - Law.LogProb(g)).sum(-1) - Math.Log(Classes) - p.log();
        objective.Value.Number().ShouldBe((p * each).sum(-1).mean().Number(), Tolerance);
    }

    private static Tensor OfEach(Tensor g) => (g * torch.tensor([0.7, -0.4])).sum(-1).sin();

    private static Tensor Chosen(Tensor z, Tensor each) => (z.squeeze(-2) * each).sum(-1);

    private static LikelihoodObjective Likelihood(Tensor g) => new(z => Chosen(z, OfEach(g)), torch.zeros([2, 1], torch.float64), []);

    private static double Difference(Tensor a, Tensor b) => (a - b).abs().max().Number();
}
