using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;

namespace Heaviside.Tests.Estimators;

/// <summary>What all estimators owe that compare points drawn together: in chains, and against constants in f.</summary>
public class CoupledEstimatorTests
{
    public static TheoryData<string> Names() => [.. Coupled.Select(e => e.Name)];

    public static TheoryData<string> NamesForBits() => [.. Coupled.Where(e => e.Latents.HasFlag(LatentKinds.Bits)).Select(e => e.Name)];

    private static IEnumerable<EstimatorEntry> Coupled => EstimatorCatalog.All.Where(e => e.Example() is CoupledEstimator);

    // Only differences of f count, so that a constant goes away draw by draw; VIMCO's signal is such a difference too.
    [Theory]
    [MemberData(nameof(Names))]
    [InlineData("vimco")]
    public void Estimate_ConstantAddedToF_ChangesNoDraw(string name)
    {
        using var scope = torch.NewDisposeScope();
        var entry = EstimatorCatalog.All.Find(name);
        foreach (var problem in ProblemCatalog.All().Where(p => entry.Latents.HasFlag(p.Latents)))
        {
            var estimator = problem.Create(entry);
            double[] Draws(double constant)
            {
                using var rng = new Generator(3);
                return (problem with { F = b => problem.F(b) + constant }).Gradient(estimator, 20, rng).ToArray<double>();
            }

            foreach (var (a, b) in Draws(0).Zip(Draws(1000))) a.ShouldBe(b, 1e-10, problem.Name);
        }
    }

    [Theory]
    [MemberData(nameof(NamesForBits))]
    public void Estimate_TwoLayerChain_HasTheGradientOfTheFormula(string name)
    {
        using var scope = torch.NewDisposeScope();
        var problem = ProblemCatalog.TwoLayerChain(torch.CPU);
        var statistics = GradientStatistics.Measure(problem, problem.Create(EstimatorCatalog.All.Find(name)), 200_000, seed: 2);
        statistics.Score([0.3928387315, 0.1205301127, 0.1573382257]).ShouldBeLessThan(EstimatorLaws.MaxScore);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_ThreeLayers_IsUnbiasedAndEveryPointIsASample(string name)
    {
        using var scope = torch.NewDisposeScope();
        const int Copies = 100_000;
        var problem = ThreeLayers(EstimatorCatalog.All.Find(name).Latents);
        var estimator = problem.Prepare(EstimatorCatalog.All.Find(name).Read(new([new("samples", "2")])));
        EstimatorLaws.Unbiased(name, estimator, problem, Copies, seed: 5).Passed.ShouldBeTrue();

        using var rng = new Generator(6);
        var value = problem.Estimate(estimator, problem.Copies(Copies), rng).Value;
        value.size(0).ShouldBe(estimator.ObjectiveEvaluations(problem.Law(problem.Copies(1))));
        var exact = problem.ExactValue();
        var errors = (value.var([1L]) / Copies).sqrt().ToArray<double>();
        foreach (var (mean, error) in value.mean([1L]).ToArray<double>().Zip(errors)) mean.ShouldBe(exact, EstimatorLaws.MaxScore * error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_ThreeLayers_HasTheExactGradientInsideFInTheMean(string name)
    {
        using var scope = torch.NewDisposeScope();
        const int Copies = 20_000;
        var problem = ThreeLayers(EstimatorCatalog.All.Find(name).Latents);
        var estimator = problem.Create(EstimatorCatalog.All.Find(name));
        double[] Gradient(GradientEstimator of, int copies)
        {
            // One weight per copy, so that the draws can be told apart.
            var weight = torch.ones([copies], torch.float64).requires_grad_();
            using var rng = new Generator(7);
            var surrogate = (problem with { F = b => (weight * problem.F(b)).tanh() }).Estimate(of, problem.Copies(copies), rng).Surrogate;
            return Autograd.Grad([surrogate.sum()], [weight])[0].ToArray<double>();
        }

        var draws = Gradient(estimator, Copies);
        var mean = draws.Average();
        var error = Math.Sqrt(draws.Average(g => (g - mean) * (g - mean)) / Copies);
        mean.ShouldBe(Gradient(new Enumeration(), 1)[0], EstimatorLaws.MaxScore * error);
    }

    // Two variables, then one, then two: bits, or three classes; every weight and bias of the later layers is a parameter.
    private static Problem ThreeLayers(LatentKinds kind)
    {
        using var rng = new Generator(31);
        var (values, isBits) = (kind.HasFlag(LatentKinds.Bits) ? 1 : 3, kind.HasFlag(LatentKinds.Bits));
        int[] widths = [2 * values, values, 2 * values];
        var parameters = torch.randn([widths[0] + (widths[0] * widths[1]) + (widths[1] * widths[2])], torch.float64, generator: rng);
        var output = torch.randn([widths.Sum(), 3], torch.float64, generator: rng);
        return new("three-layers", parameters, Law, b => b.flatten(2).MatMul(output).tanh().sum(-1), Degree: null);

        FactorialDistribution Layer(Tensor logits) => isBits ? new Bernoulli(logits) : new OneHotCategorical(logits.view([.. logits.shape[..^1], -1, values]));
        StochasticChain Law(Tensor p)
        {
            var parts = p.split([widths[0], widths[0] * widths[1], widths[1] * widths[2]], -1);
            StochasticLayer Later(int l) => new(widths[l] / values, below =>
                Layer((below.flatten(2).unsqueeze(-2).MatMul(parts[l].view([.. parts[l].shape[..^1], widths[l - 1], widths[l]]))).squeeze(-2)));
            return new(Layer(parts[0]), Later(1), Later(2));
        }
    }
}
