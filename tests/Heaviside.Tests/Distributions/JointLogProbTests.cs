using Heaviside.Distributions;
using Heaviside.Structured;

namespace Heaviside.Tests.Distributions;

/// <summary>Over which dimensions a log-probability is summed is known, or it is asked for: nothing broadcasts by accident.</summary>
public class JointLogProbTests
{
    private const int P = 2, B = 2, N = 3;

    // A law given P points of each of B examples: with P = B, a sum to [P] would be added to [P, B] without an error.
    [Fact]
    public void JointLogProb_OfALawGivenPoints_AsksWhichDimensionsAreSummed()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var bits = new Bernoulli(torch.randn([P, B, N], generator: rng));
        var classes = new OneHotCategorical(torch.randn([P, B, N, 4], generator: rng));
        var value = bits.Sample([], rng);
        foreach (var (law, point) in new (DiscreteDistribution, Tensor)[] { (bits, value), (classes, classes.Sample([], rng)) })
            Should.Throw<ArgumentException>(() => law.JointLogProb(point)).Message.ShouldSatisfyAllConditions(m => m.ShouldContain("value: expected shape [S, 2, 2, 3"), m => m.ShouldContain("Independent"));
        bits.JointLogProb(value.unsqueeze(0)).shape.ShouldBe([1, P]);

        var said = new Independent<Bernoulli>(bits, 1).LogProb(value);
        said.shape.ShouldBe([P, B]);
        (said - bits.LogProb(value).sum(-1)).abs().max().Number().ShouldBeLessThan(1e-5);
        said.IsSame(StochasticChain.LayerLogProb(bits, value)).ShouldBeTrue();
        new Independent<OneHotCategorical>(classes, 1).LogProb(classes.Sample([], rng)).shape.ShouldBe([P, B]);
    }

    [Fact]
    public void JointLogProb_EveryLaw_NeedsADimensionOfSamples()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var logits = torch.randn([B, N], generator: rng);
        DiscreteDistribution[] laws =
        [
            new Bernoulli(logits), new Bernoulli(logits[0]), new Bernoulli(logits.view([B, N, 1])), new OneHotCategorical(logits), new OneHotCategorical(logits.view([B, 1, N])),
            new GibbsBits(logits, null, new IndependentBits()), new StochasticChain(new Bernoulli(logits), new StochasticLayer(N, b => new Bernoulli(b))),
        ];
        foreach (var law in laws)
        {
            law.JointLogProb(law.Sample([5], rng)).shape.ShouldBe([5, law.BatchShape[0]]);
            Should.Throw<ArgumentException>(() => law.JointLogProb(law.Sample([], rng))).Message.ShouldContain("value: expected shape [S, ");
            law.JointLogProb(law.Sample([5, 2], rng)).shape.ShouldBe([5, 2, law.BatchShape[0]]);
        }

        Should.Throw<ArgumentException>(() => new Bernoulli(torch.zeros([])).JointLogProb(torch.zeros([1]))).Message.ShouldContain("expected a law of batch shape [B, ...]");
    }

    [Fact]
    public void ScoreAndMaximize_OfOtherShapes_AreRefused()
    {
        IPerturbAndMap[] laws = [new Bernoulli(torch.zeros([B, N])), new OneHotCategorical(torch.zeros([B, N])), new GibbsBits(torch.zeros([B, N]), null, new IndependentBits())];
        foreach (var law in laws)
        {
            foreach (var shape in new long[][] { [N], [5, 1, N], [5, B, 1] })
            {
                Should.Throw<ArgumentException>(() => law.Score(torch.zeros(shape))).Message.ShouldContain(": expected shape [");
                Should.Throw<ArgumentException>(() => law.Maximize(torch.zeros(shape))).Message.ShouldContain("expected shape [..., 2, 3]");
            }
        }
    }
}
