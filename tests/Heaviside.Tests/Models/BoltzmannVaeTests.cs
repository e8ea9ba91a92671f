using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Models;
using Heaviside.Priors.Partition;
using Heaviside.Tests.Evaluation;

namespace Heaviside.Tests.Models;

public class BoltzmannVaeTests
{
    private static readonly float[] PixelMeans = [0.2f, 0.5f, 0.7f, 0.9f];

    public static TheoryData<string, string, string> Architectures => new()
    {
        { "[4]", "[]", "restricted" }, { "[3]", "[5]", "restricted" }, { "[2, 2]", "[5, 4]", "restricted" }, { "[2, 1, 2]", "[]", "restricted" },
        { "[4]", "[]", "factorial" }, { "[2, 2]", "[5]", "factorial" },
    };

    private static Tensor X() => torch.tensor([1.0, 0, 0, 1, 0, 1, 1, 0], [2, 4]);

    // Every parameter and statistic away from where it begins; in double precision.
    private static BoltzmannVae Model(string groups, string hidden, string prior = "restricted", params (string Key, string Value)[] others)
    {
        using var rng = new Generator(1);
        var settings = new Settings([new("groups", groups), new("hidden", hidden), new("prior", prior), new("chains", "10"), new("sweeps", "3"), new("gibbs", "torch"), .. others.Select(s => KeyValuePair.Create(s.Key, s.Value))]);
        var model = PlainNetwork.Shaken(new BoltzmannVae(new(1, 2, 2, PixelMeans, rng), settings.Fill(new BoltzmannVaeOptions())));
        model.to(torch.float64);
        Normalize(model);
        return model;
    }

    private static void Normalize(BoltzmannVae model)
    {
        using var rng = new Generator(1);
        model.LogPartition = new ExactPartition().Estimate(model.Prior, rng).LogPartition;
    }

    // log p(x | z) - E(z) - log Z for all z, [2^N], of one image.
    private static Tensor LogJoint(BoltzmannVae model, Tensor x, Tensor z)
    {
        var logits = model.Decode(z);
        return ((x * logits) - logits.softplus()).sum(-1) - model.Prior.Energy(z) - model.Prior.LogPartition();
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void LogWeights_Samples_HaveTheMarginalLikelihoodAsMean(string groups, string hidden, string prior)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(5);
        using var model = Model(groups, hidden, prior);
        model.eval();
        const int Samples = 20_000;
        var weights = model.LogWeights(X(), Samples, rng).exp();
        var z = model.Prior.Enumerate();
        for (var i = 0; i < 2; i++)
        {
            var exact = LogJoint(model, X()[i], z).exp().sum().Number();
            var (mean, variance) = (weights.select(1, i).mean().Number(), weights.select(1, i).var().Number());
            mean.ShouldBe(exact, 4.5 * Math.Sqrt(variance / Samples));
        }
    }

    // Enumeration's objective is sum_z q(z | x) (log p(x, z) - log q(z | x)); with a closed form of log Z its loss is minus that.
    [Theory]
    [MemberData(nameof(Architectures))]
    public void Objective_Enumerated_IsTheExactElbo(string groups, string hidden, string prior)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var model = Model(groups, hidden, prior);
        model.eval();
        var z = model.Prior.Enumerate();
        var q = model.Law(X());
        var logQ = q.JointLogProb(z.unsqueeze(1).expand([-1, 2, -1]));
        var expected = Enumerable.Range(0, 2).Average(i => (logQ.select(1, i).exp() * (LogJoint(model, X()[i], z) - logQ.select(1, i))).sum().Number());
        using var enumeration = new Enumeration();
        var objective = model.Objective(X(), enumeration, rng);
        objective.Value.Number().ShouldBe(expected, 1e-9);
        if (prior == "factorial") objective.Loss.Number().ShouldBe(-expected, 1e-9);
    }

    [Theory]
    [InlineData("[4]", "[]", "1")]
    [InlineData("[2, 2]", "[5]", "0.3")]
    public void Objective_FactorialPrior_HasTheGradientOfFiniteDifferences(string groups, string hidden, string weight)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model(groups, hidden, "factorial", ("kl-weight", weight));
        using var gumbolt = new GumBolt { Samples = 3 };
        model.eval();
        TrainingObjective At()
        {
            using var rng = new Generator(3);
            Normalize(model);
            return model.Objective(X(), gumbolt, rng);
        }

        FiniteDifferences.ShouldAgree(model, At, tolerance: 1e-5, least: 1e-6);
    }

    // The parameters of the machine: minus the gradient of -E at the posterior's samples, plus that at the states of the chains.
    [Fact]
    public void Objective_RestrictedPrior_HasTheChainsStatesInTheGradientOfLogZ()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var model = Model("[4]", "[]");
        var recorder = new PointRecorder();
        using var enumeration = new Enumeration();
        model.Objective(X(), enumeration, rng).Loss.backward();
        var states = model.named_buffers().Single(b => b.name == "networks.prior.chains.states").buffer.@double();
        var parameters = model.Prior.parameters().ToList();
        var actual = parameters.Select(p => p.grad!.clone()).ToList();

        model.Objective(X(), recorder, rng);
        var z = model.Prior.Enumerate();
        var q = recorder.Law!.JointLogProb(z.unsqueeze(1).expand([-1, 2, -1])).exp().detach();
        var positive = (q * model.Prior.Energy(z).unsqueeze(1)).sum(dim: 0).mean();
        var expected = Autograd.Grad([positive + model.Prior.LogPartitionSurrogate(states)], [.. parameters]);
        for (var i = 0; i < expected.Length; i++) (actual[i] - expected[i]).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void Objective_SameStep_MovesTheChainsOnce()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var model = Model("[4]", "[]");
        using var gumbolt = new GumBolt();
        var streams = model.named_buffers().Single(b => b.name == "networks.prior.chains.streams").buffer;
        bool Moves(long step)
        {
            var before = streams.clone();
            model.Step = step;
            model.Objective(X(), gumbolt, rng);
            return !streams.IsSame(before);
        }

        new long[] { 0, 0, 1, 1, 2 }.Select(Moves).ShouldBe([true, false, true, false, true]);
    }

    // Without couplings the model is the relaxation of Concrete and Gumbel-Softmax with independent bits in the prior.
    [Fact]
    public void Objective_FactorialPrior_IsTheConcreteRelaxationWithABernoulliPrior()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var same = new Generator(5);
        using var model = Model("[4]", "[5]", "factorial");
        using var gumbolt = new GumBolt { Temperature = 0.3 };
        var objective = model.Objective(X(), gumbolt, rng);

        model.Prior.parameters().Single().grad.ShouldBeNull();
        objective.Loss.backward();
        var actual = model.parameters().Select(p => p.grad!.clone()).ToList();
        foreach (var p in model.parameters()) p.grad = null;

        // As PyTorch would write it: RelaxedBernoulli, Bernoulli(prior), binary cross-entropies.
        model.LogPartition = 0; // the estimate above came from the same generator, which drew nothing for an exact sum
        var q = model.Law(X()).First;
        var y = new RelaxedBernoulli(q.Logits, 0.3).RSample([1], same);
        var priorLogits = model.Prior.parameters().Single();
        Tensor CrossEntropy(Tensor logits) => -((y * torch.log(logits.sigmoid())) + ((1 - y) * torch.log(1 - logits.sigmoid()))).sum(-1);
        var pixels = model.Decode(y).sigmoid();
        var likelihood = ((X() * pixels.log()) + ((1 - X()) * (1 - pixels).log())).sum(-1);
        var value = (likelihood - CrossEntropy(priorLogits) + CrossEntropy(q.Logits)).mean();
        objective.Value.Number().ShouldBe(value.Number(), 1e-10);
        (-value).backward();
        foreach (var (expected, ours) in model.parameters().Select(p => p.grad!).Zip(actual)) (expected - ours).abs().max().Number().ShouldBeLessThan(1e-10);
    }

    // The same samples with an exact and with an estimated log Z: the mean moves by the difference, the squared error grows by the estimate's.
    [Fact]
    public void Evaluate_EstimatedLogZ_IsInTheBoundAndItsError()
    {
        using var model = Model("[30]", "[]");
        model.to(torch.float32);
        var before = model.LogPartition;
        var images = new ImageSet(Enumerable.Range(0, 200).Select(i => (byte)(i % 3 == 0 ? 255 : 0)).ToArray(), 1, 2, 2);
        Bound With(PartitionEstimator partition) => new BoundEvaluator { Partition = partition }.ImportanceWeighted(model, images, 3, seed: 2);
        var (exact, estimated) = (With(new ExactPartition()), With(new AnnealedImportanceSampling { Betas = 10, Chains = 10 }));
        var partition = estimated.Partition!;
        partition.StandardError.ShouldBeGreaterThan(0.01);
        estimated.Mean.ShouldBe(exact.Mean + exact.Partition!.LogPartition - partition.LogPartition, 1e-4);
        estimated.StandardError.ShouldBe(Math.Sqrt(Math.Pow(exact.StandardError, 2) + Math.Pow(partition.StandardError, 2)), 1e-6);
        estimated.Description.ShouldContain("valid but for the error of log Z");
        exact.Description.ShouldContain("a valid bound");
        model.LogPartition.ShouldBe(before);
    }

    [Fact]
    public void Create_BadSettings_AreRefusedInOneLine()
    {
        Should.Throw<InputException>(() => Model("[]", "[]")).Message.ShouldContain("'groups' is '[]', it must have one number at least");
        Should.Throw<InputException>(() => Model("[1]", "[]")).Message.ShouldContain("two sides");
        Should.Throw<InputException>(() => Model("[4]", "[]", "pairwise")).Message.ShouldContain("'prior'");
    }

    [Fact]
    public void Generate_Images_AreProbabilitiesAndLeaveTheChainsAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var model = Model("[3, 2]", "[5]");
        model.eval();
        var before = model.state_dict().ToDictionary(t => t.Key, t => t.Value.clone());
        var images = model.Generate(20, rng);
        images.shape.ShouldBe([20L, 4]);
        images.ge(0).logical_and(images.le(1)).all().item<bool>().ShouldBeTrue();
        foreach (var (name, tensor) in model.state_dict()) tensor.IsSame(before[name]).ShouldBeTrue(name);
    }
}
