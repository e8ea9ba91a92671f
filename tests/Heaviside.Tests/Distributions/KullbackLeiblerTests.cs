using Heaviside.Distributions;

namespace Heaviside.Tests.Distributions;

/// <summary>Entropies and divergences where large numbers could cancel: near-certain, certain and nearly equal laws, in both precisions.</summary>
public class KullbackLeiblerTests
{
    private static readonly double[] Magnitudes = [0, 0.3, 1, 5, 17, 30, 50, 88, 1e3, 1e5, 1e7, 1e8, 1e15, double.PositiveInfinity];

    // What is less may be 0 in single precision.
    private const double Least = 1e-37;

    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    // What such a law is told apart from: log sigmoid(x) without a difference of near numbers.
    private static double LogSigmoid(double x)
    {
        x = Math.Clamp(x, -1e30, 1e30);
        var e = Math.Exp(-Math.Abs(x));
        return Math.Min(x, 0) - (1 + e is var u && u == 1 ? e : Math.Log(u) * e / (u - 1));
    }

    private static double Term(double logP, double logQ) => Math.Exp(logP) is var p && p == 0 ? 0 : p * (logP - logQ);

    private static double Exact(double l, double m) => Term(LogSigmoid(l), LogSigmoid(m)) + Term(LogSigmoid(-l), LogSigmoid(-m));

    private static double[] Logits(ScalarType type) =>
        [.. Magnitudes.SelectMany(m => new[] { m, -m }).Select(x => type == ScalarType.Float32 ? (float)x : x)];

    private static double Tolerance(ScalarType type) => type == ScalarType.Float32 ? 1e-5 : 1e-12;

    private static Bernoulli Bits(double[] logits, ScalarType type) => new(torch.tensor(logits).to(type));

    [Fact]
    public void Divergence_FromAnImpossibleValue_IsBeyondAllOthers()
    {
        var (half, never) = (Bernoulli.FromProbs(torch.tensor([0.5])), Bernoulli.FromProbs(torch.tensor([0.0])));
        KullbackLeibler.Divergence(half, never).Number().ShouldBeGreaterThan(1e29);
        KullbackLeibler.Divergence(never, half).Number().ShouldBe(Math.Log(2), 1e-12);
        var far = new Bernoulli(torch.tensor([-2e4]));
        KullbackLeibler.Divergence(half, far).Number().ShouldBe(1e4 - Math.Log(2), 1e-6);
    }

    // A correct divergence is 4.5 standard errors off for one seed in 150,000.
    [Fact]
    public void Divergence_EveryPair_IsTheMeanLogRatio()
    {
        using var scope = torch.NewDisposeScope();
        const int draws = 200_000;
        using var rng = new Generator(5);
        var x = torch.randn([2, 3], torch.float64, generator: rng);
        var y = x * 0.5;
        (Distribution P, Distribution Q)[] pairs =
        [
            (new Bernoulli(x), new Bernoulli(y)),
            (new OneHotCategorical(x), new OneHotCategorical(y)),
            (new Normal(x, x.softplus()), new Normal(y, y.softplus())),
            (new Heaviside.Distributions.Uniform(y, y + 1), new Heaviside.Distributions.Uniform(y - 1, y + 2)),
            (new Independent<Normal>(new Normal(x, x.softplus()), 1), new Independent<Normal>(new Normal(y, y.softplus()), 1)),
        ];
        foreach (var (p, q) in pairs)
        {
            var sample = p.Sample([draws], rng);
            var ratio = p.LogProb(sample) - q.LogProb(sample);
            var difference = ratio.mean([0]) - KullbackLeibler.Divergence(p, q);
            var error = (ratio.std([0], unbiased: true) / Math.Sqrt(draws)) + 1e-12;
            (difference.abs() / error).max().Number().ShouldBeLessThan(4.5, p.GetType().Name);
        }

        Should.Throw<NotSupportedException>(() => KullbackLeibler.Divergence(pairs[0].P, pairs[1].Q)).Message.ShouldContain("KL(Bernoulli || OneHotCategorical)");
    }

    [Theory]
    [InlineData(1, 0.5, 0.693147)]
    [InlineData(1, 0.9, 0.105361)]
    [InlineData(0, 0.5, 0.693147)]
    [InlineData(0, 0.1, 0.105361)]
    public void Divergence_OfACertainBit_IsMinusTheLogarithmOfItsProbability(double p, double q, double expected)
    {
        foreach (var type in new[] { torch.float32, torch.float64 })
            KullbackLeibler.Divergence(Bernoulli.FromProbs(torch.tensor([p]).to(type)), Bernoulli.FromProbs(torch.tensor([q]).to(type))).Number().ShouldBe(expected, 1e-6);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e5)]
    [InlineData(ScalarType.Float32, 1e7)]
    [InlineData(ScalarType.Float32, 1e8)]
    [InlineData(ScalarType.Float64, 1e15)]
    public void Divergence_OfALargeLogitFromAFairBit_IsLogTwo(ScalarType type, double logit) =>
        KullbackLeibler.Divergence(Bits([logit, -logit], type), Bits([0, 0], type)).to(torch.float64).ToArray<double>().ShouldBe([Math.Log(2), Math.Log(2)], 1e-6);

    [Theory]
    [MemberData(nameof(Types))]
    public void Divergence_AnyTwoLogits_IsTheFormulasAndThatOfTheMirrorImages(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var l in Logits(type))
            foreach (var m in Logits(type))
            {
                var (bits, classes) = (Divergence(l, m), KullbackLeibler.Divergence(Classes(l), Classes(m)).Number());
                var expected = Exact(l, m);
                bits.ShouldBe(expected, (Tolerance(type) * expected) + Least, $"KL({l}, {m})");
                classes.ShouldBe(expected, (Tolerance(type) * expected) + Least, $"KL of two classes ({l}, {m})");
                Divergence(-l, -m).ShouldBe(bits, (Tolerance(type) * bits) + Least);
            }

        double Divergence(double l, double m) => KullbackLeibler.Divergence(Bits([l], type), Bits([m], type)).Number();
        OneHotCategorical Classes(double l) => new(torch.tensor(double.IsPositiveInfinity(l) ? [0, double.NegativeInfinity] : new[] { l, 0 }).to(type));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Divergence_OfNearlyEqualLaws_IsNeverNegativeAndKeepsItsDigits(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        foreach (var distance in new[] { 0, 1e-12, 1e-8, 1e-6, 1e-4, 1e-2, 1, 100 })
            foreach (var size in new[] { 0, 1, 10, 1e4 })
            {
                var x = (size * torch.randn([500, 3], torch.float64, generator: rng)).to(type);
                var y = (x.to(torch.float64) + (distance * torch.randn([500, 3], torch.float64, generator: rng))).to(type);
                Func<Tensor, Distribution>[] laws =
                [
                    t => new Bernoulli(t), t => new OneHotCategorical(t), t => new Normal(t, 1 + t.sigmoid()), t => new Independent<Bernoulli>(new(t), 1),
                    t => new Normal(t * 0, (t.clamp(-40, 40) / 2).exp()),
                ];
                foreach (var law in laws)
                {
                    var divergence = KullbackLeibler.Divergence(law(x), law(y)).to(torch.float64);
                    divergence.min().Number().ShouldBeGreaterThanOrEqualTo(0);
                    if (type == ScalarType.Float64 || distance < 1e-3) continue;
                    var exact = KullbackLeibler.Divergence(law(x.to(torch.float64)), law(y.to(torch.float64)));
                    var error = (divergence - exact).abs() / (exact + 1e-7);
                    error.max().Number().ShouldBeLessThan(2e-2, $"{law(x).GetType().Name} at distance {distance}, size {size}");
                }
            }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Divergence_OfBits_HasTheGradientOfTheFormula(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var l in Logits(type).Where(double.IsFinite))
            foreach (var m in Logits(type).Where(double.IsFinite))
            {
                var (a, b) = (torch.tensor([l]).to(type).requires_grad_(), torch.tensor([m]).to(type).requires_grad_());
                var gradient = Autograd.Grad([KullbackLeibler.Divergence(new Bernoulli(a), new Bernoulli(b)).sum()], [a, b]);
                var (p, q) = (Math.Exp(LogSigmoid(l)), Math.Exp(LogSigmoid(m)));
                var slope = Math.Exp(LogSigmoid(l) + LogSigmoid(-l)) * (l - m);
                gradient[0].Number().ShouldBe(slope, Tolerance(type) * (1 + Math.Abs(slope)), $"d/dl KL({l}, {m})");
                gradient[1].Number().ShouldBe(q - p, Tolerance(type), $"d/dm KL({l}, {m})");
            }
    }

    [Theory]
    [InlineData(1e-30, 1, 68.5775527)]
    [InlineData(1, 1e-15, 5e29)]
    [InlineData(2, 2.0002, 9.9990e-9)]
    public void Divergence_OfNormalLaws_IsExactForDeviationsFarApartAndNear(double p, double q, double expected)
    {
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            Normal Law(double deviation) => new(torch.zeros([1], type), torch.tensor([deviation]).to(type));
            KullbackLeibler.Divergence(Law(p), Law(q)).Number().ShouldBe(expected, 2e-3 * expected);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Entropy_AnyLogit_IsTheFormulasAndThatOfTheMirrorImage(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var l in Logits(type))
        {
            var expected = -Term(LogSigmoid(l), 0) - Term(LogSigmoid(-l), 0);
            Bits([l], type).Entropy().Number().ShouldBe(expected, (Tolerance(type) * expected) + Least, $"at {l}");
            if (double.IsPositiveInfinity(l)) continue;
            foreach (var logits in new[] { new[] { l, 0 }, [0, l] })
                new OneHotCategorical(torch.tensor(logits).to(type)).Entropy().Number().ShouldBe(expected, (Tolerance(type) * expected) + Least, $"two classes at {l}");
            if (double.IsFinite(l) && Math.Abs(l) < 1e5)
                new GibbsBits(torch.tensor([l], [1, 1]).to(type), null, new Heaviside.Structured.IndependentBits()).Entropy().Number().ShouldBe(expected, (Tolerance(type) * expected) + Least, $"Gibbs bit at {l}");
        }

        Bits([17], type).Entropy().Number().ShouldBe(7.45e-7, 1e-9);
    }

    // Zero is among the logits: what the formulas take the absolute value of has no derivative there of its own.
    [Theory]
    [MemberData(nameof(Types))]
    public void EntropyAndLogProb_AnyLogit_HaveTheGradientsOfTheFormulas(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var l in Logits(type).Where(double.IsFinite))
        {
            var x = torch.tensor([l]).to(type).requires_grad_();
            var p = Math.Exp(LogSigmoid(l));
            Autograd.Grad([new Bernoulli(x).Entropy().sum()], [x])[0].Number().ShouldBe(-l * p * Math.Exp(LogSigmoid(-l)), Tolerance(type));
            foreach (var value in new[] { 0, 0.5, 1 })
            {
                var logProb = new Bernoulli(x).LogProb(torch.tensor([value]).to(type));
                logProb.Number().ShouldBe((value * LogSigmoid(l)) + ((1 - value) * LogSigmoid(-l)), Tolerance(type) * (Least + Math.Abs(logProb.Number())));
                Autograd.Grad([logProb.sum()], [x])[0].Number().ShouldBe(value - p, Tolerance(type));
            }
        }
    }
}
