using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside check</c>.</summary>
internal static class CheckCommand
{
    private static readonly Option<string[]> Names = new("--estimator") { Description = "Only this one; can be repeated", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Problems = new("--problem") { Description = "Only on this problem; can be repeated", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Draws = CheckedOption.Whole("--draws", "Gradient estimates per problem; fewer where one costs much", 100, 100_000_000, 100_000);
    private static readonly Option<string?> Device = CommonOptions.Device();
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object a line");

    internal static Command Create() => new CommandWithExamples(
        "check",
        "Checks what every estimator claims against exact gradients of small problems. Exit code 1: a claim does not hold.",
        new("check", "the whole catalogue"),
        new("check --estimator reinforce --estimator straight-through", "two of them"),
        new("check --problem two-layer-chain", "all of them on one problem"),
        new("check --device cuda --json", "on a GPU, for a program"))
    {
        Names, Problems, Draws, Device, AsJson,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        var device = ComputeDevice.Parse(parsed.GetValue(Device) ?? "cpu").Torch;
        EstimatorEntry[] entries = parsed.GetValue(Names) is { Length: > 0 } names ? [.. names.Select(EstimatorCatalog.All.Find)] : [.. EstimatorCatalog.All];
        return Check(entries, Choose(ProblemCatalog.All(device), parsed.GetValue(Problems)), parsed.GetValue(Draws), parsed.GetValue(AsJson));
    }

    /// <summary>Checks estimators, of the catalogue or not, and prints what comes out; returns the exit code.</summary>
    internal static int Check(IReadOnlyList<EstimatorEntry> entries, IReadOnlyList<Problem> problems, int draws, bool asJson)
    {
        var reinforce = problems.ToDictionary(p => p.Name, p => new Lazy<GradientStatistics>(() => Reinforce(p, draws)));
        var view = new CheckView(asJson, problems.Max(p => p.Name.Length));
        foreach (var entry in entries)
        {
            using var estimator = entry.Example();
            view.Begin(entry, estimator.Bias, [.. problems.Where(p => !entry.Latents.HasFlag(p.Latents)).Select(p => p.Name)]);
            foreach (var problem in problems.Where(p => entry.Latents.HasFlag(p.Latents)))
            {
                var result = EstimatorLaws.Check(entry, problem, draws);
                view.Write(result, reinforce[problem.Name].Value);
            }
        }

        view.WriteSummary();
        return view.Failures == 0 ? Application.Success : Application.Failure;
    }

    private static IReadOnlyList<Problem> Choose(IReadOnlyList<Problem> all, string[]? names) => names is not { Length: > 0 }
        ? all
        : [.. names.Select(n => all.FirstOrDefault(p => p.Name == n) ?? throw Suggestion.Unknown("problem", n, [.. all.Select(p => p.Name)]))];

    private static GradientStatistics Reinforce(Problem problem, int draws)
    {
        using var estimator = new Reinforce();
        return GradientStatistics.Measure(problem, estimator, draws, seed: 1);
    }
}
