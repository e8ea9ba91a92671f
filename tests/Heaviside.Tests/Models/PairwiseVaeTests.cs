using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Structured;

namespace Heaviside.Tests.Models;

public class PairwiseVaeTests
{
    public static TheoryData<string> Pairs => ["none", "general", "supermodular"];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Objective_Enumerated_IsTheExactBoundAndItsGradient(string pairs)
    {
        using var scope = torch.NewDisposeScope();
        var (model, x) = Model(pairs);
        var objective = model.Objective(x, new Enumeration(), null!);
        var exact = ExactBound(model, x).mean();
        objective.Value.Number().ShouldBe(exact.Number(), 1e-12);
        var (actual, expected) = (Gradients(model, objective.Loss), Gradients(model, -exact));
        foreach (var (a, b) in actual.Zip(expected)) (a - b).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // The mean of many one-sample bounds, and of log-weights of one sample, within 4.5 standard errors.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void ElboAndLogWeights_ManyDraws_HaveTheExactBoundAsMean(string pairs)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(3);
        var (model, x) = Model(pairs);
        var image = x.narrow(0, 0, 1);
        var exact = ExactBound(model, image).Number();
        foreach (var draws in new[] { model.Elbo(image.expand([20_000, -1]), rng), model.LogWeights(image, 20_000, rng).flatten() })
        {
            var error = draws.std([0]).Number() / Math.Sqrt(draws.size(0));
            draws.mean().Number().ShouldBe(exact, 4.5 * error);
        }
    }

    [Fact]
    public void Posterior_NoPairs_IsIndependentBits()
    {
        using var scope = torch.NewDisposeScope();
        var (model, x) = Model("none");
        model.Posterior(x).ShouldBeOfType<Bernoulli>();
    }

    [Theory]
    [InlineData("general")]
    [InlineData("supermodular")]
    public void Posterior_Pairs_HasTheScoresOfItsKind(string pairs)
    {
        using var scope = torch.NewDisposeScope();
        var (model, x) = Model(pairs);
        var law = model.Posterior(x).ShouldBeOfType<GibbsBits>();
        Tensor Score(params double[] bits) => law.Score(torch.tensor(bits).view([1, 1, 4]).expand([1, 2, 4]));
        var pair = Score(1, 1, 0, 0) - Score(1, 0, 0, 0) - Score(0, 1, 0, 0) + Score(0, 0, 0, 0);
        pair.abs().min().Number().ShouldBeGreaterThan(0);
        if (pairs == "supermodular") pair.min().Number().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void PartialBound_NoPairs_IsTheBound()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(3);
        var (model, x) = Model("none");
        var image = x.narrow(0, 0, 1);
        var draws = model.PartialBound(image.expand([20_000, -1]), rng);
        var error = draws.std([0]).Number() / Math.Sqrt(draws.size(0));
        draws.mean().Number().ShouldBe(ExactBound(model, image).Number(), 4.5 * error);
        model.PartialBoundDescription.ShouldContain("a valid bound");
        Model("general").Model.PartialBoundDescription.ShouldContain("no bound");
    }

    // Reconstruction of the argmax with this noise, less sum_i KL(q_i || 1/2) of the single scores, whatever the pairs.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void PartialBound_SameNoise_LeavesOutThePairsInTheDivergenceAlone(string pairs)
    {
        using var scope = torch.NewDisposeScope();
        var (model, x) = Model(pairs);
        var law = (IPerturbAndMap)model.Posterior(x);
        using var rng = new Generator(8);
        using var same = new Generator(8);
        var logits = model.Decode(law.Maximize(law.Noise([1], rng)));
        // The score of a bit alone is its log-odds.
        var single = torch.stack([.. Enumerable.Range(0, 4).Select(i => (law.Score(Bit(i)) - law.Score(Bit(null)))[0])], -1);
        var p = single.sigmoid();
        var divergence = ((p * p.log()) + ((1 - p) * (1 - p).log()) + Math.Log(2)).sum(-1);
        var expected = ((x * logits) - logits.softplus()).sum(-1)[0] - divergence;
        (model.PartialBound(x, same) - expected).abs().max().Number().ShouldBeLessThan(1e-12);

        static Tensor Bit(int? i) => torch.tensor([.. Enumerable.Range(0, 4).Select(j => j == i ? 1.0 : 0.0)]).view([1, 1, 4]).expand([1, 2, 4]);
    }

    [Fact]
    public void Objective_SeveralSamplesAndAWeight_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var (model, x) = Model("none", ("kl-weight", "0"));
        using var vimco = EstimatorCatalog.All.Find("vimco").Create(new(), new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, rng));
        Should.Throw<UnsupportedException>(() => model.Objective(x, vimco, rng)).Message.ShouldContain("leave out kl-weight");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void AtSingleChanges_Bits_IsEachFlipAlone(string pairs)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        var (model, x) = Model(pairs, ("kl-weight", "0"));
        using var recorder = new PointRecorder();
        model.Objective(x, recorder, rng);
        var b = recorder.Law!.Sample([2], rng);
        var expected = recorder.Objective!.Evaluate(SingleChanges.Of(b).flatten(0, 1)).view([4, 2, 2]);
        (((ISingleChanges)recorder.Objective).AtSingleChanges(b) - expected).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // Three bits with pairs, a loss of 2 z1 + 1.5 [z2 != z3] + 0.7 z1 z3, and given Gumbel noise.
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 0)]
    [InlineData(1, 0)]
    public void Direct_ThreeBitsWithPairs_MovesToTheLossAugmentedArgmax(double epsilon, double first)
    {
        using var scope = torch.NewDisposeScope();
        var scores = torch.tensor([0.2, -0.1, 0, 0.5, 0.3, 0.3]).view([1, 3, 2]);
        var gumbel = torch.tensor([0.1, -0.4, 0.9, -0.2, -0.3, 0.6]).view([1, 1, 3, 2]);
        static Tensor Difference(Tensor two) => two.select(-1, 1) - two.select(-1, 0);
        static Tensor F(Tensor z)
        {
            var (z1, z2, z3) = (z.select(-1, 0), z.select(-1, 1), z.select(-1, 2));
            return -((2 * z1) + (1.5 * (z2 - z3).abs()) + (0.7 * z1 * z3));
        }

        foreach (var oracle in new ArgmaxOracle[] { new MaxFlow(), new ExhaustiveSearch(), new BranchAndBound() })
        {
            var law = new GibbsBits(Difference(scores), torch.tensor([0.8, 0.3, 1.1]).unsqueeze(0), oracle);
            var noise = Difference(gumbel);
            var z = law.Maximize(noise);
            z.ToArray<double>().ShouldBe([1, 1, 1]);
            var gains = SingleChanges.Gains(z, F(SingleChanges.Of(z).flatten(0, 1)).view([3, 1, 1]) - F(z));
            gains.ToArray<double>().Zip([-2.7, 1.5, 0.8], (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-12);
            law.Maximize(noise + (epsilon * gains)).ToArray<double>().ShouldBe([first, 1, 1], oracle.GetType().Name);
        }
    }

    [Theory]
    [InlineData("oracle", "top-k", "free bits")]
    [InlineData("oracle", "independent", "scores of pairs")]
    [InlineData("oracle", "max-flo", "max-flow")]
    [InlineData("pairs", "some", "supermodular")]
    public void Create_WrongSetting_SaysSo(string key, string value, string part)
    {
        using var rng = new Generator(1);
        var settings = new Settings(new Dictionary<string, string> { ["pairs"] = "general", [key] = value });
        Should.Throw<InputException>(() => new PairwiseVae(new(1, 3, 3, new float[9], rng), settings.Fill(new PairwiseVaeOptions()))).Message.ShouldContain(part);
    }

    // sum_b q(b) (log p(x | b) + log p(b) - log q(b)), with log p(x | b) from the decoder alone.
    private static Tensor ExactBound(PairwiseVae model, Tensor x)
    {
        var q = model.Posterior(x);
        var b = q.Enumerate().unsqueeze(1).expand([16, x.size(0), 4]);
        var logits = model.Decode(b);
        var logQ = q.JointLogProb(b);
        var f = ((x * logits) - logits.softplus()).sum(-1) - (4 * Math.Log(2)) - logQ;
        return (logQ.exp() * f).sum(dim: 0);
    }

    private static Tensor[] Gradients(PairwiseVae model, Tensor loss) => Autograd.Grad([loss], [.. model.parameters()]);

    private static (PairwiseVae Model, Tensor X) Model(string pairs, params IEnumerable<(string Key, string Value)> more)
    {
        using var rng = new Generator(1);
        var settings = new Settings([
            new("bits", "4"), new("pairs", pairs), new("encoder-layers", "[5]"), new("decoder-layers", "[6]"), .. more.Select(s => KeyValuePair.Create(s.Key, s.Value)),
        ]);
        var model = new PairwiseVae(new(1, 3, 3, new float[9], rng), settings.Fill(new PairwiseVaeOptions()));
        model.to(torch.float64);
        return (model, torch.rand([2, 9], torch.float64, generator: rng).round());
    }
}
