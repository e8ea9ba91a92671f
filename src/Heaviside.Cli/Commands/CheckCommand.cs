using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Cli.Output;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside check</c>.</summary>
internal static class CheckCommand
{
    // An exact gradient has no variance but that of rounding.
    private const double Rounding = 1e-20;

    private static readonly Option<string[]> Names = new("--estimator") { Description = "Only this one; can be repeated", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Draws = new("--draws") { Description = "Gradient estimates per problem", HelpName = "N", DefaultValueFactory = _ => 200_000 };
    private static readonly Option<string?> Device = CommonOptions.Device();
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object a line");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "check",
            "Checks what every estimator claims against exact gradients of small problems.",
            new("check", "the whole catalogue"),
            new("check --estimator reinforce --estimator straight-through", "two of them"),
            new("check --device cuda --json", "on a GPU, for a program"))
        {
            Names, Draws, Device, AsJson,
        };
        Draws.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 100 or > 100_000_000) result.AddError("--draws must be from 100 to 100,000,000");
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var device = Experiment.ParseDevice(parsed.GetValue(Device) ?? "cpu");
        var draws = parsed.GetValue(Draws);
        EstimatorEntry[] entries = parsed.GetValue(Names) is { Length: > 0 } names ? [.. names.Select(EstimatorCatalog.Find)] : [.. EstimatorCatalog.All];
        var baseline = ProblemCatalog.All(device).ToDictionary(p => p.Name, p => new Lazy<double>(() => VarianceOfReinforce(p, draws)));
        var width = baseline.Keys.Max(name => name.Length);
        var failures = 0;
        foreach (var entry in entries)
        {
            using var estimator = entry.Example(new());
            var isFirst = true;
            if (estimator.Bias == Bias.Unbounded) WriteNoClaim(entry, parsed.GetValue(AsJson));
            foreach (var problem in EstimatorLaws.ProblemsFor(entry, device))
            {
                var result = EstimatorLaws.Check(entry, problem, draws);
                var ratio = result.Variance / baseline[problem.Name].Value;
                if (!result.Passed) failures++;
                if (parsed.GetValue(AsJson)) Json.Write(ToJson(result, ratio));
                else WriteRow(result, ratio, width, isFirst ? EstimatorsCommand.Claim(estimator.Bias) : null);
                isFirst = false;
            }
        }

        if (!parsed.GetValue(AsJson))
            Terminal.Out.WriteLine(failures == 0 ? "\nEvery claim holds: no mean is off by more than 4.5 standard errors." : $"\n{failures} claims fail.");
        return failures == 0 ? Application.Success : Application.Failure;
    }

    private static double VarianceOfReinforce(Problem problem, int draws) =>
        GradientStatistics.Measure(problem, new Reinforce(), draws, seed: 1).Variance;

    // Some estimators are what they are: there is nothing to hold them to.
    private static void WriteNoClaim(EstimatorEntry entry, bool asJson)
    {
        var claim = EstimatorsCommand.Claim(Bias.Unbounded);
        if (asJson) Json.Write(new JsonObject { ["estimator"] = entry.Name, ["claim"] = claim, ["tested"] = false });
        else Terminal.Out.MarkupLine($"\n[bold]{entry.Name}[/]: {claim}\n[grey]  not tested: it claims nothing about its bias[/]");
    }

    // The first row of an estimator comes with its claim and with what was tested of it.
    private static void WriteRow(LawResult r, double ratio, int width, string? claim)
    {
        if (claim is not null)
        {
            Terminal.Out.MarkupLine($"\n[bold]{r.Estimator}[/]: {claim}");
            Terminal.Out.MarkupLine($"[grey]  tested: {Markup.Escape(r.Law)}[/]");
            Terminal.Out.MarkupLine($"[grey]  {"problem".PadRight(width)}  bias/s.e.  variance/REINFORCE  evaluations[/]");
        }

        var shown = ratio < Rounding ? 0 : ratio;
        var row = string.Create(CultureInfo.InvariantCulture, $"  {r.Problem.PadRight(width)}  {r.Score,9:F2}  {shown,18:G3}  {r.Evaluations,11:N0}");
        Terminal.Out.MarkupLine(row + (r.Passed ? "  [green]pass[/]" : "  [red]FAIL[/]"));
    }

    private static JsonObject ToJson(LawResult r, double ratio) => new()
    {
        ["estimator"] = r.Estimator,
        ["problem"] = r.Problem,
        ["law"] = r.Law,
        ["passed"] = r.Passed,
        ["score"] = Json.Number(r.Score),
        ["variance"] = Json.Number(r.Variance),
        ["variance-relative-to-reinforce"] = Json.Number(ratio),
        ["evaluations"] = r.Evaluations,
    };
}
