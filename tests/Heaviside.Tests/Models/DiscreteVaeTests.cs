using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Priors;
using Heaviside.Priors.Partition;
using Heaviside.Tests.Distributions;

namespace Heaviside.Tests.Models;

public class DiscreteVaeTests
{
    private static readonly float[] PixelMeans = [0.2f, 0.5f, 0.7f, 0.9f];

    private static Tensor X() => torch.tensor([1.0, 0, 0, 1, 0, 1, 1, 0], [2, 4]);

    private static Settings Settings(params (string Key, string Value)[] settings) =>
        new([new("chains", "10"), new("sweeps", "3"), new("gibbs", "torch"), .. settings.Select(s => KeyValuePair.Create(s.Key, s.Value))]);

    // Every parameter away from where it begins; in double precision.
    private static DiscreteVae Model(params (string Key, string Value)[] settings)
    {
        using var rng = new Generator(1);
        var model = PlainNetwork.Shaken(new DiscreteVae(new(1, 2, 2, PixelMeans, rng), Settings(settings).Fill(new DiscreteVaeOptions())));
        model.to(torch.float64);
        Normalize(model);
        model.eval();
        return model;
    }

    private static void Normalize(DiscreteVae model)
    {
        using var rng = new Generator(1);
        model.LogPartition = new ExactPartition().Estimate(model.Prior, rng).LogPartition;
    }

    // Where nothing jumps at fixed noise: no spike with several groups, no powers.
    [Theory]
    [InlineData("spike-exponential", "[4]", "[5]")]
    [InlineData("exponential", "[4]", "[]")]
    [InlineData("exponential", "[2, 2]", "[5]")]
    [InlineData("exponential", "[2, 1, 2]", "[5, 4]")]
    public void Objective_FactorialPrior_HasTheGradientOfFiniteDifferences(string smoothing, string groups, string hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model(("smoothing", smoothing), ("beta", "3"), ("groups", groups), ("hidden", hidden), ("prior", "factorial"), ("kl-weight", "0.3"));
        TrainingObjective At()
        {
            using var rng = new Generator(3);
            Normalize(model);
            return model.Objective(X(), rng);
        }

        FiniteDifferences.ShouldAgree(model, At, tolerance: 1e-5, least: 1e-6);
    }

    // sum_z integral dzeta q(z, zeta | x) (log p(x | zeta) - E(z) - log Z - log q(z | zeta, x)), of all that can be integrated.
    [Theory]
    [InlineData("spike-exponential", "[2]")]
    [InlineData("exponential", "[1, 1]")]
    [InlineData("power", "[1, 1]")]
    public void Objective_Value_HasTheSmoothedBoundAsMean(string smoothing, string groups)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(5);
        using var model = Model(("smoothing", smoothing), ("groups", groups), ("kl-weight", "0.7"));
        var grid = new SmoothedQuadrature(model.Smoothing, 2, 2, 400);
        var x = X().slice(0, 0, 1);
        var logits = model.Decode(grid.Zeta);
        var law = model.Law(x);
        var likelihood = ((x * logits) - logits.softplus()).sum(-1);
        var exact = grid.Expect(law, likelihood - (0.7 * (model.Prior.Energy(grid.Bits) + grid.LogProb(law) + model.LogPartition))).Number();

        var values = torch.stack([.. Enumerable.Range(0, 200).Select(_ => model.Objective(x.expand([200, -1]), rng).Value)]);
        values.mean().Number().ShouldBe(exact, (4.5 * values.std().Number() / Math.Sqrt(200)) + 1e-5);
    }

    [Fact]
    public void Objective_RestrictedPrior_HasTheChainsStatesInTheGradientOfLogZ()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var model = Model(("groups", "[4]"), ("kl-weight", "0.5"));
        var objective = model.Objective(X(), rng);
        objective.Point.ShouldBe(EvaluationPoint.RelaxedSample);
        objective.Loss.backward();
        var states = model.named_buffers().Single(b => b.name == "networks.prior.chains.states").buffer.@double();
        var positive = model.Prior.Energy(model.Law(X()).First.Mean).mean().mul(0.5); // of a machine without pairs in one group's product: exact
        var expected = Autograd.Grad([positive + (0.5 * model.Prior.LogPartitionSurrogate(states))], [.. model.Prior.parameters()]);
        foreach (var (parameter, gradient) in model.Prior.parameters().Zip(expected)) (parameter.grad! - gradient).abs().max().Number().ShouldBeLessThan(1e-12);
    }

    // Of bits: the same numbers as those of the model that other objectives train, whose parameters can be loaded.
    [Fact]
    public void Evaluation_SameParameters_IsThatOfTheBoltzmannVae()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(("groups", "[3, 2]"), ("hidden", "[5]"));
        using var init = new Generator(1);
        using var other = new BoltzmannVae(new(1, 2, 2, PixelMeans, init), new() { Groups = [3, 2], Hidden = [5], Chains = 10, Sweeps = 3, Gibbs = GibbsPath.Torch });
        other.to(torch.float64);
        other.LoadState(model.state_dict());
        other.eval();
        void ShouldBeEqual(Func<LatentVariableModel, Generator, Tensor> compute)
        {
            using var rng = new Generator(9);
            using var same = new Generator(9);
            compute(model, rng).IsSame(compute(other, same)).ShouldBeTrue();
        }

        ShouldBeEqual((m, rng) => m.LogWeights(X(), 5, rng));
        ShouldBeEqual((m, rng) => m.Elbo(X(), rng));
        ShouldBeEqual((m, rng) => m.Reconstruct(X(), rng));
        ShouldBeEqual((m, rng) => ((IHasPrior)m).Generate(5, rng));
        ShouldBeEqual((m, rng) => ((IHasBoltzmannPrior)m).GenerateAlong(5, [0, 2], rng));
    }

    // Those of the predecessors' code for MNIST.
    [Theory]
    [InlineData("spike-exponential", 5, 5, 4)]
    [InlineData("exponential", 12, 14, 10)]
    [InlineData("power", 40, 30, 30)]
    public void Create_NoBeta_DependsOnGroupsAndMaps(string smoothing, double linear, double nonlinear, double groups)
    {
        double Beta(string bits, string hidden) => Model(("smoothing", smoothing), ("groups", bits), ("hidden", hidden)).Smoothing.Beta;
        new[] { Beta("[4]", "[]"), Beta("[4]", "[5]"), Beta("[2, 2]", "[]") }.ShouldBe([linear, nonlinear, groups]);
    }

    [Fact]
    public void Create_BadSettings_AreRefusedInOneLine()
    {
        Should.Throw<InputException>(() => Model(("smoothing", "gaussian"))).Message.ShouldContain("'smoothing'");
        Should.Throw<InputException>(() => Model(("beta", "0"))).Message.ShouldContain("'beta'");
        Should.Throw<InputException>(() => Model(("smoothing", "power"), ("beta", "0.5"))).Message.ShouldContain("'beta'");
        Should.Throw<InputException>(() => Model(("groups", "[1]"))).Message.ShouldContain("two sides");
    }
}
