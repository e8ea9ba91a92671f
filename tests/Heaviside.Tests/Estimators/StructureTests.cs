using Heaviside.Bounds;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Regularizers;
using Heaviside.Structured;
using Heaviside.Tests.Design;

namespace Heaviside.Tests.Estimators;

/// <summary>Which estimators train structures, and what their gradients are.</summary>
public class StructureTests
{
    private const double Cold = 0.02, Warm = 0.5, LeastDecrease = 5;

    private static readonly (string Estimator, string Law, string Cell)[] Table = Read();

    public static TheoryData<string, string> Working() => Pairs(cell => cell == "yes");

    public static TheoryData<string, string> Refused() => Pairs(cell => cell != "yes");

    [Fact]
    public void Table_OfTheDocumentation_HasEveryPairOnce() =>
        Table.Select(p => (p.Estimator, p.Law)).ShouldBe(from estimator in EstimatorCatalog.All.Names from law in new[] { "GibbsStructure", "PerturbedStructure" } select (estimator, law));

    [Theory]
    [MemberData(nameof(Working))]
    public void Bound_OfAPairThatWorks_HasFiniteGradients(string law, string estimator)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in new[] { torch.float32, torch.float64 })
            foreach (var scale in new[] { 1.0, 50.0 })
            {
                var (objective, logits, weights) = Objective(law, estimator, type, scale);
                double.IsFinite(objective.Value.@double().Number()).ShouldBeTrue();
                foreach (var gradient in Autograd.Grad([objective.Loss], [logits, weights])) gradient.isfinite().all().item<bool>().ShouldBeTrue();
            }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bound_OfAPairThatDoesNot_IsRefusedForTheReasonInTheTable(string law, string estimator)
    {
        using var scope = torch.NewDisposeScope();
        var message = Should.Throw<UnsupportedException>(() => Objective(law, estimator, torch.float64, 1)).Message;
        message.ShouldContain(Table.Single(p => p.Estimator == estimator && p.Law == law).Cell switch
        {
            "independent factors" => "needs a law of independent",
            "bits" => "needs bits",
            "categories" => "a law of independent factors",
            "a relaxation" => "needs a law that has a relaxation",
            "z given its value" => "needs a law whose perturbed logits can be drawn given its value",
            "perturb and maximize" => "needs a law that is drawn by maximization",
            "a probability" => "no probability",
            "a mean" => "needs a law with a mean in closed form",
            "a mode" => "needs a law with a most probable value",
            var other => throw new ArgumentException($"the table has a reason that is not tested: {other}", nameof(estimator)),
        });
        message.ShouldNotContain('\n');
    }

    // f is no sum over the edges here: the network sees which are there together.
    [Theory]
    [InlineData("tree", "enumeration")]
    [InlineData("tree", "reinforce")]
    [InlineData("tree", "nvil")]
    [InlineData("tree", "normalized-nvil")]
    [InlineData("tree", "simple-muprop")]
    [InlineData("tree", "muprop")]
    [InlineData("tree", "vimco")]
    [InlineData("3", "reinforce")]
    [InlineData("3", "vimco")]
    public void Check_GibbsStructure_KeepsTheClaim(string structure, string estimator)
    {
        using var rng = new Generator(61);
        var (w, v) = (torch.randn([6, 8], torch.float64, generator: rng), torch.randn([8], torch.float64, generator: rng));
        var problem = Gibbs(structure) with { F = b => ((2 * b) - 1).MatMul(w).tanh().MatMul(v) };
        foreach (var type in new[] { torch.float64, torch.float32 })
        {
            var result = EstimatorLaws.Check(EstimatorCatalog.All.Find(estimator), problem.In(type), draws: 100_000);
            result.IsClaimed.ShouldBeTrue();
            result.Passed.ShouldBeTrue($"{result}");
        }
    }

    // A structure is one factor: straight-through its marginals is exact where f is a sum over the edges.
    [Theory]
    [InlineData("tree")]
    [InlineData("3")]
    public void StraightThrough_GibbsStructureAndASumOverTheBits_IsExact(string structure)
    {
        var c = torch.tensor([0.5, -1, 2, 0.3, -0.7, 1.1]);
        var problem = Gibbs(structure) with { F = b => b.MatMul(c), Degree = 1 };
        var gradient = GradientStatistics.Measure(problem, new StraightThrough(), draws: 10, seed: 1);
        gradient.Mean.ShouldBe(problem.ExactGradient(), 1e-12);
        gradient.Variance.ShouldBe(0, 1e-20);
    }

    // On three vertices two edges are a tree, and their law that of the two first of three: known in closed form.
    [Theory]
    [InlineData("gumbel-softmax", "temperature", false)]
    [InlineData("straight-through-gumbel-softmax", "temperature", true)]
    [InlineData("direct", "epsilon", true)]
    [InlineData("direct-two-sided", "epsilon", true)]
    public void Mean_PerturbedStructure_GoesToTheExactGradient(string name, string setting, bool isSum)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var structure in new SummableStructure[] { new SpanningTree(), new TopK { Ones = 2 } })
        {
            var problem = Perturbed(structure, isSum);
            var exact = ExactOf(problem);
            var entry = EstimatorCatalog.All.Find(name);
            const int Draws = 200_000;
            var warm = GradientStatistics.Measure(problem, problem.Create(entry, (setting, Warm)), Draws, seed: 1);
            var cold = GradientStatistics.Measure(problem, problem.Create(entry, (setting, Cold)), Draws, seed: 1);
            var allowed = warm.Mean.Zip(exact, (m, e) => Math.Abs(m - e)).Max() / LeastDecrease;
            cold.Score(exact, allowed).ShouldBeLessThan(EstimatorLaws.MaxScore);
        }
    }

    // What an exchange of two edges changes is not what both change alone, as docs/methods/structured-samples.md says.
    [Fact]
    public void Direct_ObjectiveThatIsNoSum_StaysBiased()
    {
        using var scope = torch.NewDisposeScope();
        var problem = Perturbed(new SpanningTree(), isSum: false);
        GradientStatistics.Measure(problem, new DirectOptimization { Epsilon = Cold }, draws: 200_000, seed: 1).Score(ExactOf(problem)).ShouldBeGreaterThan(2 * EstimatorLaws.MaxScore);
    }

    [Theory]
    [InlineData("GibbsStructure")]
    [InlineData("PerturbedStructure")]
    public void StabilityRegularized_Structure_HasTheMaximandOfItsBits(string law)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var regularizer in new NoiseStability[] { new StabilityRegularizer { Clip = StabilityClip.Group }, new MeanCenteredStability() })
        {
            var logits = torch.tensor([0.2, -0.5, 1, 0.3, -1.2, 0.7], [2, 3]).requires_grad_();
            GradientEstimator inner = law == "GibbsStructure" ? new StraightThrough() : new GumbelSoftmax();
            var f = Heaviside.Estimators.Objective.Differentiable(b => b.square().sum(-1));
            Tensor Surrogate(GradientEstimator estimator, Generator rng) => estimator.Estimate(Law(law, logits, new SpanningTree()), f, rng).Surrogate.mean();
            using var one = new Generator(4);
            using var same = new Generator(4);
            var gradient = Autograd.Grad([Surrogate(new StabilityRegularized(inner, regularizer) { Weight = 3 }, one)], [logits])[0];
            var plain = Surrogate(inner, same);
            var stability = regularizer.Estimate(z => torch.stack([z.sigmoid(), 1 - z.sigmoid()], -1), logits, same);
            (gradient - Autograd.Grad([plain + (3 * stability.Maximand)], [logits])[0]).abs().max().Number().ShouldBeLessThan(1e-12);
        }
    }

    // E.g. of one edge between two vertices, which is always there, the Gumbel divergence is not 0: it is of the noise, an upper bound.
    [Fact]
    public void GumbelPrior_Divergence_IsThatOfTheLocations()
    {
        var law = new PerturbedStructure(torch.tensor([0.5, -1, 0], [1, 3]), new SpanningTree());
        Prior.Gumbel().Divergence(law)!().ToArray<double>().ShouldBe([0.1065306597 + 0.7182818285], 1e-9);
        Prior.Gumbel(times: 2).Divergence(law)!().ToArray<double>().ShouldBe([2 * (0.1065306597 + 0.7182818285)], 1e-9);
        Prior.Gumbel().Divergence(new Bernoulli(torch.zeros([1, 3]))).ShouldBeNull();
        Should.Throw<UnsupportedException>(() => Prior.Gumbel().LogProb(law, torch.zeros([1, 1, 3]))).Message.ShouldContain("no probability of a PerturbedStructure");
        Should.Throw<ArgumentOutOfRangeException>(() => Prior.Gumbel(0));

        // Of the structures themselves it is less.
        var p = KruskalsLaw(torch.tensor([0.5, -1, 0]));
        (p * (3 * p).log()).sum().Number().ShouldBeInRange(0, 0.8248124882);
    }

    private static Problem Perturbed(SummableStructure structure, bool isSum)
    {
        var c = torch.tensor([0.5, -1, 2]);
        return new("three-edges", torch.tensor([0.4, -0.8, 1.1]), x => new PerturbedStructure(x, structure), b => isSum ? b.MatMul(c) : (b.MatMul(c) - 1).square(), Degree: null);
    }

    private static double[] ExactOf(Problem problem)
    {
        var x = problem.Parameters.detach().requires_grad_();
        var values = problem.F((1 - torch.eye(3, dtype: torch.float64)).unsqueeze(0))[0];
        return Autograd.Grad([(KruskalsLaw(x) * values).sum()], [x])[0].ToArray<double>();
    }

    // The probability of each edge to be the one that is left out, of three.
    private static Tensor KruskalsLaw(Tensor logits)
    {
        var p = logits.softmax(-1);
        return torch.stack([.. Enumerable.Range(0, 3).Select(e =>
        {
            var (first, second) = (p[(e + 1) % 3], p[(e + 2) % 3]);
            return first * second * ((1 / (1 - first)) + (1 / (1 - second)));
        })]);
    }

    private static Problem Gibbs(string structure) => new(
        $"gibbs-{structure}", torch.tensor([0.2, -0.5, 1, 0.3, -1.2, 0.7]).DetachFromDisposeScope(), x => new GibbsStructure(x, structure == "tree" ? new SpanningTree() : new TopK { Ones = 3 }), b => b.sum(-1), Degree: null);

    private static DiscreteDistribution Law(string law, Tensor logits, SummableStructure structure) =>
        law == "GibbsStructure" ? new GibbsStructure(logits, structure) : new PerturbedStructure(logits, structure);

    // The bound of a small model with the prior that goes with the law.
    private static (TrainingObjective Objective, Tensor Logits, Tensor Weights) Objective(string law, string name, ScalarType type, double scale)
    {
        using var rng = new Generator(7);
        var logits = (scale * torch.tensor([0.2, -0.5, 1, 0.3, -1.2, 0.7, 1, -1, 1, -1, 0, 0], [2, 6])).to(type).requires_grad_();
        var weights = torch.tensor([0.5, -1, 2, 0.3, -0.7, 1.1]).to(type).requires_grad_();
        var likelihood = new LikelihoodObjective(b => -(b.MatMul(weights) - 1).square(), torch.ones([2, 1], type), [logits]);
        var estimator = EstimatorCatalog.All.Find(name).New().Prepare(new EstimatorInput([[6]], ContextSize: 1, LogitParameters: 1, rng, type));
        var elbo = new Elbo(Law(law, logits, new SpanningTree()), likelihood, law == "GibbsStructure" ? Prior.Uniform : Prior.Gumbel());
        return (elbo.Objective(estimator, rng), logits, weights);
    }

    private static TheoryData<string, string> Pairs(Func<string, bool> isMeant)
    {
        var data = new TheoryData<string, string>();
        foreach (var (estimator, law, _) in Table.Where(p => isMeant(p.Cell))) data.Add(law, estimator);
        return data;
    }

    // Rows of estimators, columns of laws.
    private static (string Estimator, string Law, string Cell)[] Read()
    {
        var section = File.ReadAllText(Path.Combine(Sources.Root(), "docs", "methods", "structured-samples.md")).Split("## Which estimator trains which law")[1].Split("\n## ")[0];
        string[][] rows = [.. section.Split('\n').Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|').Select(c => c.Trim().Trim('`')).ToArray())];
        return [.. from row in rows[2..] from column in Enumerable.Range(1, row.Length - 1) select (row[0], rows[0][column], row[column])];
    }
}
