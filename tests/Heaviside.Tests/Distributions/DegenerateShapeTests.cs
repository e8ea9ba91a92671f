using Heaviside.Distributions;
using Heaviside.Structured;
using Heaviside.Tests.Estimators;

namespace Heaviside.Tests.Distributions;

/// <summary>Laws of a single number, without variables, without examples, of one class: both precisions give the same shapes, or the same refusal.</summary>
public class DegenerateShapeTests
{
    public static TheoryData<string, long[]> Cases() => new()
    {
        { "bits", [] }, { "bits", [0] }, { "bits", [3] }, { "bits", [2, 0] }, { "bits", [0, 3] }, { "bits", [0, 0] }, { "bits", [2, 0, 3] }, { "bits", [2, 3, 1] },
        { "classes", [] }, { "classes", [0] }, { "classes", [1] }, { "classes", [3] }, { "classes", [2, 1] }, { "classes", [2, 0] }, { "classes", [0, 3] },
        { "classes", [2, 3, 1] }, { "classes", [2, 0, 3] }, { "classes", [0, 2, 3] }, { "classes", [2, 0, 1] },
        { "chain", [2, 0] }, { "chain", [0, 3] }, { "pairs", [0, 3] }, { "pairs", [2, 1] },
        { "normal", [] }, { "normal", [0] }, { "normal", [2, 0] }, { "gibbs", [0, 3] }, { "gibbs", [2, 1] }, { "gibbs", [2, 0] }, { "gibbs", [3] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Law_OfADegenerateShape_IsTheSameInBothPrecisions(string kind, long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var single = Outcomes(kind, shape, torch.float32);
        single.ShouldBe(Outcomes(kind, shape, torch.float64));
        single.ShouldNotContain(o => o.StartsWith("!", StringComparison.Ordinal), string.Join("\n", single));
    }

    // What is no number for lack of values: an entropy without a class, a mean without an element.
    [Fact]
    public void Law_OfOneClass_HasNoEntropyAndIsCertain()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        foreach (var type in new[] { torch.float32, torch.float64 })
        {
            var law = new OneHotCategorical(torch.full([2, 3, 1], 7, type));
            law.Entropy().abs().sum().Number().ShouldBe(0);
            law.Sample([4], rng).min().Number().ShouldBe(1);
            law.JointLogProb(law.Sample([4], rng)).abs().sum().Number().ShouldBe(0);
            law.Enumerate().shape.ShouldBe([1, 3, 1]);
        }

        new Bernoulli(torch.zeros([2, 0])).JointLogProb(torch.zeros([4, 2, 0])).abs().sum().Number().ShouldBe(0);
        new Bernoulli(torch.full([], 0.5)).Relax(0.5).RSample([1000], rng).mean().Number().ShouldBe(0.58, 0.1);
    }

    private static List<string> Outcomes(string kind, long[] shape, ScalarType type)
    {
        using var rng = new Generator(1);
        var x = torch.full(shape, 0.5, type).requires_grad_();
        List<(string Name, Func<Tensor> Of)> calls = [];
        Distribution? law = null;
        var made = DegenerateOutcome.Of(() =>
        {
            law = kind switch
            {
                "bits" => new Bernoulli(x),
                "classes" => new OneHotCategorical(x),
                "chain" => new StochasticChain(new Bernoulli(x), new StochasticLayer(2, b => new Bernoulli(b.sum(-1, keepdim: true).expand(-1, -1, 2)))),
                "pairs" => new GibbsBits(x, BitPairs.Products(x.detach()), new ExhaustiveSearch()),
                "gibbs" => new GibbsBits(x, null, new ExhaustiveSearch()),
                _ => new Normal(x, x),
            };
            return x;
        });
        if (law is null) return [made];

        foreach (var samples in new long[][] { [], [0], [2], [2, 3] })
        {
            calls.Add(("Sample", () => law.Sample(samples, rng)));
            calls.Add(("LogProb", () => law.LogProb(law.Sample(samples, rng))));
            if (law is DiscreteDistribution joint) calls.Add(("JointLogProb", () => joint.JointLogProb(law.Sample(samples, rng))));
            if (law is IReparameterized path) calls.Add(("RSample", () => path.RSample(samples, rng)));
            if (law is not IPerturbAndMap map) continue;
            calls.Add(("Maximize", () => map.Maximize(map.Noise(samples, rng))));
            calls.Add(("Score", () => map.Score(law.Sample(samples, rng))));
            if (law is not IRelaxable relaxable) continue;
            calls.Add(("Relax", () => relaxable.Relax(0.5).RSample(samples, rng)));
            calls.Add(("Relaxed density", () => ((Distribution)relaxable.Relax(0.5)).LogProb(relaxable.Relax(0.5).RSample(samples, rng))));
            calls.Add(("Soften", () => relaxable.Soften(relaxable.Perturb(relaxable.Noise(samples, rng)), 0.5)));
            if (law is not IConditionallyRelaxable conditional) continue;
            calls.Add(("PerturbGiven", () => conditional.PerturbGiven(law.Sample(samples, rng), conditional.Noise(samples, rng))));
            calls.Add(("Pullback", () => conditional.Pullback(conditional.Noise(samples, rng))));
        }

        if (law is IHasEntropy entropy) calls.Add(("Entropy", entropy.Entropy));
        if (law is IHasMode mode) calls.Add(("Mode", mode.Mode));
        if (law is FactorialDistribution factors) calls.Add(("Mean", () => factors.Mean));
        if (law is DiscreteDistribution discrete) calls.Add(("Enumerate", discrete.Enumerate));
        if (law is not (GibbsBits or StochasticChain)) calls.Add(("Divergence", () => KullbackLeibler.Divergence(law, law)));
        return [made, .. calls.Select(c => $"{DegenerateOutcome.Of(c.Of, x)} ({c.Name})")];
    }
}
