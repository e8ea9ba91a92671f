using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Estimators;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside estimators</c>.</summary>
internal static class EstimatorsCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "Show the settings of this one", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print a JSON array");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "estimators",
            "Lists the gradient estimators, or the settings of one.",
            new("estimators", "all of them with what they claim"),
            new("estimators gumbel-softmax", "the settings of one"))
        {
            Name, AsJson,
        };
        command.SetAction(parsed =>
        {
            EstimatorEntry[] entries = parsed.GetValue(Name) is { } name ? [EstimatorCatalog.All.Find(name)] : [.. EstimatorCatalog.All];
            if (parsed.GetValue(AsJson)) Json.Write(new JsonArray([.. entries.Select(ToJson)]));
            else if (parsed.GetValue(Name) is null) WriteTable(entries);
            else WriteOne(entries[0]);
        });
        return command;
    }

    private static string Latents(EstimatorEntry entry) => entry.Latents switch
    {
        LatentKinds.Bits => "bits",
        LatentKinds.Categories => "categories",
        _ => "bits, categories",
    };

    private static void WriteTable(IEnumerable<EstimatorEntry> entries)
    {
        var table = Terminal.Table("estimator", "latents", "claim", "differentiable f", "evaluations", "reference");
        foreach (var e in entries)
        {
            using var estimator = e.New();
            table.AddRow([.. new[] { e.Name, Latents(e), ClaimText.Of(estimator.Bias), estimator.NeedsDifferentiableObjective ? "needed" : "-", e.Evaluations, e.Reference }.Select(Markup.Escape)]);
        }

        Terminal.Write(table);
    }

    private static void WriteOne(EstimatorEntry entry)
    {
        using var estimator = entry.New();
        RunText.Pairs(
            ("estimator", entry.Name),
            ("method", entry.Summary),
            ("latents", Latents(entry)),
            ("claim", ClaimText.Of(estimator.Bias)),
            ("objective", estimator.NeedsDifferentiableObjective ? "must be differentiable" : "any"),
            ("evaluations", $"{entry.Evaluations} per example"),
            ("reference", entry.Reference));
        SettingsTable.Write(OptionTable.Of(entry.New));
    }

    private static JsonNode ToJson(EstimatorEntry entry)
    {
        using var estimator = entry.New();
        return new JsonObject
        {
            ["name"] = entry.Name,
            ["summary"] = entry.Summary,
            ["latents"] = Latents(entry),
            ["claim"] = ClaimText.Of(estimator.Bias),
            ["unbiased"] = estimator.IsUnbiased,
            ["needs-differentiable-objective"] = estimator.NeedsDifferentiableObjective,
            ["evaluations"] = entry.Evaluations,
            ["reference"] = entry.Reference,
            ["settings"] = SettingsTable.ToJson(OptionTable.Of(entry.New)),
        };
    }
}
