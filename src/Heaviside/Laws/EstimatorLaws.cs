using Heaviside.Estimators;

namespace Heaviside.Laws;

/// <summary>Tests what each estimator claims about its bias against exact gradients.</summary>
/// <remarks>A deviation of more than 4.5 standard errors fails: for one component, once in 150,000 runs of a correct
/// estimator; seeds are fixed, so a law that passes keeps passing.</remarks>
public static class EstimatorLaws
{
    /// <summary>The largest deviation that passes, in standard errors.</summary>
    public const double MaxScore = 4.5;

    /// <summary>The temperature, or epsilon, at which a vanishing bias must have become small, and a larger one to compare with.</summary>
    private const double Cold = 0.02, Warm = 0.5;

    private const int MaxSamplesOfBound = 2;

    // Draws on one problem times evaluations of f, and times learned numbers: what one law may cost.
    private const long MaxEvaluations = 1_000_000, MaxLearned = 1_000_000_000;

    // A bias that is linear or quadratic in the setting shrinks at least this much from Warm to Cold.
    private const double LeastDecrease = 5;

    /// <summary>The problems on which an estimator's claim says something; none for one that claims nothing.</summary>
    public static IEnumerable<Problem> ProblemsFor(EstimatorEntry entry, Device? device = null)
    {
        using var estimator = entry.Example();
        return ProblemsFor(estimator.Bias, device).Where(p => entry.Latents.HasFlag(p.Latents));
    }

    /// <summary>The problems on which a claim says something.</summary>
    public static IEnumerable<Problem> ProblemsFor(Bias bias, Device? device = null) => ProblemCatalog.All(device).Where(p => SaysSomething(bias, p));

    /// <summary>Whether a claim says something of a problem.</summary>
    public static bool SaysSomething(Bias bias, Problem p) => bias switch
    {
        Bias.NoneIfMultilinear => p.Degree <= 1,
        Bias.NoneIfQuadratic or Bias.VanishesWithTemperatureIfQuadratic => p.Degree <= 2,
        Bias.NoneIfOneLayer => p.Layers == 1,
        Bias.NoneUpToScaleIfNotShared => p.Shared is null,
        Bias.Unbounded => false,
        _ => true,
    };

    /// <summary>Checks an estimator on one problem, with fewer draws if each costs much; where its claim says nothing, its bias is
    /// measured without a verdict. Whether its examples are apart is checked on every problem.</summary>
    public static LawResult Check(EstimatorEntry entry, Problem problem, int draws = 200_000, ulong seed = 1)
    {
        using var estimator = Create(entry, problem);
        draws = Affordable(estimator, problem, draws);
        var result = SaysSomething(estimator.Bias, problem)
            ? Claim(entry, problem, draws, seed)
            : Unbiased(entry.Name, estimator, problem, draws, seed) with { Law = "none", IsClaimed = false, Passed = true };
        return estimator.SeparatesExamples == (GradientAtOthers(estimator, problem, seed) == 0)
            ? result
            : result with { Law = "surrogate[i] has a gradient at example i alone, as it says", IsClaimed = true, Passed = false };
    }

    /// <summary>Checks the claim of an estimator on one problem as if it said something there.</summary>
    public static LawResult Claim(EstimatorEntry entry, Problem problem, int draws = 200_000, ulong seed = 1)
    {
        using var estimator = Create(entry, problem);
        draws = Affordable(estimator, problem, draws);
        return estimator.Bias switch
        {
            Bias.VanishesWithTemperature or Bias.VanishesWithTemperatureIfQuadratic => BiasVanishes(entry, problem, "temperature", draws, seed),
            Bias.VanishesWithEpsilon => BiasVanishes(entry, problem, "epsilon", draws, seed),
            Bias.NoneUpToScaleIfNotShared => Parallel(entry.Name, estimator, problem, draws, seed),
            _ => Unbiased(entry.Name, estimator, problem, draws, seed),
        };
    }

    /// <summary>The largest absolute value in the gradient of an element of the surrogate with respect to the parameters of another example.</summary>
    public static double GradientAtOthers(GradientEstimator estimator, Problem problem, ulong seed)
    {
        const int Examples = 3;
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed, problem.Parameters.device);
        var parameters = problem.Copies(Examples);
        var surrogate = problem.Estimate(estimator, parameters, rng).Surrogate;
        return Enumerable.Range(0, Examples).Max(i =>
        {
            var gradient = Autograd.Grad([surrogate[i]], [parameters], retainGraph: true)[0];
            using var _ = torch.no_grad();
            gradient[i].zero_();
            return gradient.abs().max().Number();
        });
    }

    /// <summary>|mean - exact| is at most 4.5 standard errors in every component.</summary>
    public static LawResult Unbiased(string name, GradientEstimator estimator, Problem problem, int draws, ulong seed)
    {
        var statistics = GradientStatistics.Measure(problem, estimator, draws, seed);
        var score = statistics.Score(problem.ExactGradient(estimator));
        return new(name, problem.Name, "mean = exact gradient", score <= MaxScore, score, statistics.Variance, Evaluations(estimator, problem), statistics.Seconds);
    }

    /// <summary>A positive multiple of the exact gradient is within 4.5 standard errors of the mean in every component.</summary>
    private static LawResult Parallel(string name, GradientEstimator estimator, Problem problem, int draws, ulong seed)
    {
        // Running moments that have seen the problem once, and then stand still.
        var exact = problem.ExactGradient(estimator);
        GradientStatistics.Measure(problem, estimator, draws: 100, seed + 1);
        estimator.eval();
        var statistics = GradientStatistics.Measure(problem, estimator, draws, seed);
        var scale = statistics.Mean.Zip(exact, (m, e) => m * e).Sum() / exact.Sum(e => e * e);
        var score = statistics.Score([.. exact.Select(e => scale * e)]);
        return new(name, problem.Name, "mean = positive multiple of the exact gradient", scale > 0 && score <= MaxScore, score, statistics.Variance, Evaluations(estimator, problem), statistics.Seconds);
    }

    /// <summary>At a low value of the setting the mean is the exact gradient up to a fifth of the bias at a higher one and 4.5 standard errors.</summary>
    private static LawResult BiasVanishes(EstimatorEntry entry, Problem problem, string setting, int draws, ulong seed)
    {
        var exact = problem.ExactGradient();
        using var estimator = At(entry, problem, setting, Cold);
        using var other = At(entry, problem, setting, Warm);
        var warm = GradientStatistics.Measure(problem, other, draws, seed);
        var cold = GradientStatistics.Measure(problem, estimator, draws, seed);
        // A component may happen to have no bias when warm: what is small beside the largest is allowed everywhere.
        var allowed = warm.Mean.Zip(exact, (m, e) => Math.Abs(m - e)).Max() / LeastDecrease;
        var score = cold.Score(exact, allowed);
        return new(entry.Name, problem.Name, $"bias at {setting} {Cold} <= bias at {Warm} / {LeastDecrease}", score <= MaxScore, score, cold.Variance, Evaluations(estimator, problem), cold.Seconds);
    }

    /// <summary>An estimator of the catalogue with default settings, but few samples where the exact bound must be enumerated over all tuples of them.</summary>
    public static GradientEstimator Create(EstimatorEntry entry, Problem problem)
    {
        var estimator = problem.Create(entry);
        if (estimator.BoundSamples is not > MaxSamplesOfBound) return estimator;
        estimator.Dispose();
        return problem.Create(entry, ("samples", MaxSamplesOfBound));
    }

    private static GradientEstimator At(EstimatorEntry entry, Problem problem, string setting, double value) =>
        problem.Create(entry, (setting, value));

    private static int Affordable(GradientEstimator estimator, Problem problem, int draws)
    {
        draws = (int)Math.Min(draws, MaxEvaluations / Evaluations(estimator, problem));
        return (int)Math.Min(draws, MaxLearned / Math.Max(1, estimator.parameters().Sum(p => p.numel())));
    }

    private static long Evaluations(GradientEstimator estimator, Problem problem) =>
        estimator.ObjectiveEvaluations(problem.Law(problem.Parameters.unsqueeze(0)));
}
