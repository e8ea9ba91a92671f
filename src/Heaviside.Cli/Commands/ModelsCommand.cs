using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Models;
using Heaviside.Optimizers;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside models</c>.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "Show the settings of this one and of its training", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print a JSON array");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "models",
            "Lists the models, or the settings of one and of its training.",
            new("models", "all of them"),
            new("models categorical-vae", "the settings of one"))
        {
            Name, AsJson,
        };
        command.SetAction(parsed =>
        {
            ModelEntry[] entries = parsed.GetValue(Name) is { } name ? [ModelCatalog.All.Find(name)] : [.. ModelCatalog.All];
            if (parsed.GetValue(AsJson)) Json.Write(new JsonArray([.. entries.Select(ToJson)]));
            else if (parsed.GetValue(Name) is null) WriteTable(entries);
            else WriteOne(entries[0]);
        });
        return command;
    }

    private static void WriteTable(IEnumerable<ModelEntry> entries)
    {
        var table = Terminal.Table("model", "what it is");
        foreach (var e in entries) table.AddRow(Markup.Escape(e.Name), Markup.Escape(e.Summary));
        Terminal.Write(table);
    }

    private static void WriteOne(ModelEntry entry)
    {
        RunText.Pairs(("model", entry.Name), ("what it is", entry.Summary));
        SettingsTable.Write(Options(entry));
    }

    private static JsonNode ToJson(ModelEntry entry) => new JsonObject
    {
        ["name"] = entry.Name,
        ["summary"] = entry.Summary,
        ["settings"] = SettingsTable.ToJson(Options(entry)),
    };

    private static OptionTable Options(ModelEntry entry)
    {
        var options = new OptionTable(Experiment.Describe(entry).Resolved).WithConditional(entry.NewOptions);
        foreach (var optimizer in OptimizerCatalog.All) options.With("optimizer", optimizer.Name, optimizer.New);
        return options;
    }
}
