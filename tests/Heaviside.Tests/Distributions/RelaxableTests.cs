using Heaviside.Distributions;

namespace Heaviside.Tests.Distributions;

/// <summary>The steps of a draw from a law that has a relaxation.</summary>
public class RelaxableTests
{
    private const int Draws = 200_000;

    private const double MaxScore = 4.5;

    [Theory]
    [InlineData("bernoulli")]
    [InlineData("one-hot-categorical")]
    public void PerturbGiven_NoiseGiven_GivesBackZ(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        foreach (var type in new[] { torch.float64, torch.float32 })
        {
            var law = Law(name, Logits(type));
            var z = law.Perturb(law.Noise([1000], rng));
            var b = law.Threshold(z);
            var again = law.PerturbGiven(b, NoiseGiven(law, b, z));
            ((again - z).abs() / (1 + z.abs())).max().Number().ShouldBeLessThan(type == torch.float64 ? 1e-9 : 1e-4);
            law.Threshold(again).IsSame(b).ShouldBeTrue();
        }
    }

    // Independent of b: mean and variance of the noise are the standard ones whatever b is.
    [Theory]
    [InlineData("bernoulli", 0.0, Math.PI * Math.PI / 3)]
    [InlineData("one-hot-categorical", 0.5772156649, Math.PI * Math.PI / 6)]
    public void NoiseGiven_EachValueOfB_IsStandard(string name, double mean, double variance)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(2);
        var law = Law(name, Logits(torch.float64));
        var z = law.Perturb(law.Noise([Draws], rng));
        var b = law.Threshold(z);
        var noise = NoiseGiven(law, b, z).select(1, 0).select(1, 0).reshape([Draws, -1]);
        var value = b.select(1, 0).select(1, 0).reshape([Draws, -1]);
        for (var k = 0; k < noise.size(1); k++)
            foreach (var is1 in new[] { false, true })
            {
                var mask = (is1 ? value.select(1, k).gt(0.5) : value.select(1, k).lt(0.5)).to(torch.float64);
                var count = mask.sum().Number();
                var m = (noise.select(1, k) * mask).sum().Number() / count;
                m.ShouldBe(mean, MaxScore * Math.Sqrt(variance / count), $"b = {is1}, component {k}");
                var v = ((noise.select(1, k) - mean).square() * mask).sum().Number() / count;
                v.ShouldBe(variance, variance * 0.05);
            }
    }

    // z given b, drawn with fresh noise, thresholds to b and, over b, has the law of z.
    [Theory]
    [InlineData("bernoulli")]
    [InlineData("one-hot-categorical")]
    public void PerturbGiven_FreshNoise_ThresholdsToBAndHasTheLawOfZ(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var law = Law(name, Logits(torch.float64));
        var z = law.Perturb(law.Noise([Draws], rng));
        var b = law.Threshold(z);
        var again = law.PerturbGiven(b, law.Noise([Draws], rng));
        law.Threshold(again).IsSame(b).ShouldBeTrue();
        var error = ((z.var([0L]) + again.var([0L])) / Draws).sqrt();
        ((z.mean([0L]) - again.mean([0L])).abs() / error).max().Number().ShouldBeLessThan(MaxScore);
        (again.var([0L]) / z.var([0L]) - 1).abs().max().Number().ShouldBeLessThan(0.05);
    }

    // The derivative at fixed noise, against finite differences.
    [Theory]
    [InlineData("bernoulli")]
    [InlineData("one-hot-categorical")]
    public void PerturbGiven_Logits_HasTheDerivativeOfDifferences(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        var logits = Logits(torch.float64).requires_grad_();
        var law = Law(name, logits);
        var b = ((FactorialDistribution)law).Sample([1], rng);
        var noise = law.Noise([1], rng);
        var weight = torch.randn(b.shape, torch.float64, generator: rng);
        double At(Tensor l) => (Law(name, l).PerturbGiven(b, noise) * weight).sum().Number();
        var gradient = Autograd.Grad([(law.PerturbGiven(b, noise) * weight).sum()], [logits])[0].flatten().ToArray<double>();
        for (var i = 0; i < gradient.Length; i++)
        {
            var step = (torch.eye(gradient.Length, dtype: torch.float64).select(0, i) * 1e-6).reshape(logits.shape);
            gradient[i].ShouldBe((At(logits.detach() + step) - At(logits.detach() - step)) / 2e-6, 1e-6);
        }
    }

    // The closed forms that REBAR is made of, against what automatic differentiation makes of the draws themselves.
    [Theory]
    [InlineData("bernoulli")]
    [InlineData("one-hot-categorical")]
    public void Pullback_AnyGradient_IsThatOfTheDraw(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        var logits = Logits(torch.float64).requires_grad_();
        var law = Law(name, logits);
        var noise = law.Noise([1000], rng);
        var z = law.Perturb(noise);
        var b = law.Threshold(z);
        var weight = torch.randn(b.shape, torch.float64, generator: rng);
        var own = ((FactorialDistribution)law).Logits;
        void ShouldAgree(Tensor pulled, Tensor draw)
        {
            var expected = Autograd.Grad([(weight * draw).sum()], [logits], retainGraph: true)[0];
            var actual = Autograd.Grad([(pulled.detach() * own).sum()], [logits], retainGraph: true)[0];
            (actual - expected).abs().max().Number().ShouldBeLessThan(1e-9);
        }

        ShouldAgree(law.Pullback(weight), z);
        ShouldAgree(law.PullbackGiven(b, z.detach(), weight), law.PerturbGiven(b, NoiseGiven(law, b, z)));
    }

    // The noise with which z drawn given b is z again: the inverse of PerturbGiven in its second argument.
    private static Tensor NoiseGiven(IRelaxable law, Tensor b, Tensor z)
    {
        using var _ = torch.no_grad();
        if (law is Bernoulli)
        {
            var x = z.abs();
            return x + (-(-x).expm1()).log() - (((2 * b) - 1) * law.Location).softplus();
        }

        var below = (b * z).sum(-1, keepdim: true) - z;
        return torch.where(b.gt(0), z, z - (-(-below).expm1()).log() - law.Location);
    }

    private static Tensor Logits(ScalarType type) => torch.tensor([0.4, -1.5, 2.0, -0.3, 0.0, 0.9], [2, 3]).to(type);

    private static IConditionallyRelaxable Law(string name, Tensor logits) =>
        name == "bernoulli" ? new Bernoulli(logits) : new OneHotCategorical(logits.unsqueeze(1).expand([2, 2, 3]));
}
