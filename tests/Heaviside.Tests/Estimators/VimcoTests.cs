using Heaviside.Distributions;
using Heaviside.Estimators;

namespace Heaviside.Tests.Estimators;

/// <summary>VIMCO on one bit with p(x, 1) = 0.3, p(x, 0) = 0.1 and logit 0.4, by a sum over all tuples of K bits.</summary>
public class VimcoTests
{
    private const double Tolerance = 1e-8;

    [Theory]
    [InlineData(2, -0.9425813668, 0.0815069929, 0.14339983)]
    [InlineData(3, -0.9333306026, 0.0524320806, 0.08700424)]
    [InlineData(5, -0.9262469672, 0.0302979246, 0.04851407)]
    public void Estimate_OneBit_HasTheBoundTheGradientAndTheVarianceOfTheSum(int samples, double bound, double gradient, double variance)
    {
        using var scope = torch.NewDisposeScope();
        var (value, mean, square) = Moments(new Vimco { Samples = samples });
        value.ShouldBe(bound, Tolerance);
        mean.ShouldBe(gradient, Tolerance);
        (square - (mean * mean)).ShouldBe(variance, Tolerance);
    }

    [Theory]
    [InlineData(2, 0.0815069929)]
    [InlineData(5, 0.0302979246)]
    public void Estimate_ArithmeticBaseline_HasTheSameMean(int samples, double gradient)
    {
        using var scope = torch.NewDisposeScope();
        var (_, mean, square) = Moments(new Vimco { Samples = samples, Baseline = VimcoBaseline.Arithmetic });
        mean.ShouldBe(gradient, Tolerance);
        // Of two weights each other one is its own mean of either kind.
        var (_, _, geometric) = Moments(new Vimco { Samples = samples });
        if (samples == 2) square.ShouldBe(geometric, Tolerance);
        else Math.Abs(square - geometric).ShouldBeGreaterThan(1e-3);
    }

    // Weights apart by hundreds of nats: every exp alone would be 0 in single precision.
    [Fact]
    public void Estimate_WeightsFarApart_KeepsTheirDifferences()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var logits = torch.zeros([1, 1]).requires_grad_();
        var points = torch.tensor([1f, 0, 1], [3, 1, 1]);
        var q = new GivenPoints(new Bernoulli(logits), points);
        var f = new LogWeightObjective(_ => torch.tensor([-900f, -500, -1300], [3, 1]), torch.ones([1, 1]), []);
        var estimate = new Vimco { Samples = 3 }.Estimate(q, f, rng);
        estimate.Value.Number().ShouldBe(-500 - MathF.Log(3), 1e-3f);
        // Only the second adds to the bound: without it the largest weight is -900, and the mean of the others -1100.
        Autograd.Grad([estimate.Surrogate.sum()], [logits])[0].Number().ShouldBe(-0.5f * (-500 - -900), 1e-2f);
    }

    [Fact]
    public void Estimate_ObjectiveThatIsNoLogWeight_NamesWhatIsMissing()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        Should.Throw<UnsupportedException>(() => new Vimco().Estimate(new Bernoulli(torch.zeros([1, 1])), Objective.Differentiable(b => b.sum(-1)), rng))
            .Message.ShouldBe("Vimco needs an objective that is the logarithm of an importance weight (ILogWeight), which DifferentiableObjective is not");
    }

    /// <summary>The mean of the bound, and mean and mean square of the gradient.</summary>
    private static (double Bound, double Mean, double Square) Moments(Vimco vimco)
    {
        var (k, tuples) = (vimco.Samples, 1 << vimco.Samples);
        var bits = Enumerable.Range(0, k).SelectMany(i => Enumerable.Range(0, tuples).Select(t => (double)((t >> i) & 1))).ToArray();
        var points = torch.tensor(bits, [k, tuples, 1]);
        var logits = torch.tensor([.. Enumerable.Repeat(0.4, tuples)], [tuples, 1]).requires_grad_();
        var law = new Bernoulli(logits);
        var f = new LogWeightObjective(b => ((0.2 * b) + 0.1).log().squeeze(-1) - law.JointLogProb(b), torch.ones([tuples, 1]), [logits]);
        using var rng = new Generator(1);
        var estimate = vimco.Estimate(new GivenPoints(law, points), f, rng);
        var gradient = Autograd.Grad([estimate.Surrogate.sum()], [logits])[0].squeeze(-1);
        var weight = law.JointLogProb(points).sum(dim: 0).exp().detach();
        double Mean(Tensor x) => (weight * x).sum().Number();
        return (Mean(estimate.Value[0]), Mean(gradient), Mean(gradient.square()));
    }
}
