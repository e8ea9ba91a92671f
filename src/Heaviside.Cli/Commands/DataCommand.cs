using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Data.Simulated;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside data</c>.</summary>
internal static class DataCommand
{
    private static readonly Option<string?> DataDir = CommonOptions.DataDir();
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print a JSON array");

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "data",
            "Lists the data sets: where each was found, or how to get it.",
            new("data", "the sets on this machine"),
            new("data fetch mnist", "download one into the user's cache folder"),
            new("data simulate springs", "make one that is simulated ahead of training"))
        {
            DataDir, AsJson, DataFetchCommand.Create(), DataSimulateCommand.Create(),
        };
        command.SetAction(parsed =>
        {
            var sets = DataSetStatus.All(DataFolders.Standard(parsed.GetValue(DataDir)));
            if (parsed.GetValue(AsJson)) Json.Write(new JsonArray([.. sets.Select(ToJson), .. Simulated.Select(ToJson)]));
            else WriteTable(sets);
        });
        return command;
    }

    private static IEnumerable<SimulatedEntry> Simulated => DataCatalog.All.OfType<SimulatedEntry>();

    private static void WriteTable(IEnumerable<DataSetStatus> sets)
    {
        var table = Terminal.Table("data set", "train", "valid.", "test", "mean pixel", "where, or how to get it");
        foreach (var column in table.Columns.Skip(1).Take(4)) column.RightAligned();
        foreach (var (entry, location, set, problem) in sets)
        {
            string[] counts = set is null
                ? ["-", "-", "-", "-"]
                : [Format.Of(set.Train.Count), Format.Of(set.Validation.Count), Format.Of(set.Test.Count), Mean(set)];
            table.AddRow([.. counts.Prepend(entry.Name).Append(problem ?? location?.Folder ?? entry.HowToGet).Select(Markup.Escape)]);
        }

        foreach (var entry in Simulated)
        {
            var (source, counts) = (entry.CreateSource(), entry.CreateSource().Plan.Parts.Select(p => Format.Of(p.Count)));
            var isThere = source.Cache.Has(source.Plan);
            table.AddRow([.. counts.Prepend(entry.Name).Append("-").Append(isThere ? source.Cache.FolderOf(source.Plan) : $"simulated when it is asked for, or ahead by {entry.HowToGet}").Select(Markup.Escape)]);
        }

        Terminal.Write(table);
    }

    private static string Mean(DataSet set) => set.Train.MeanPixel.ToString("F4", CultureInfo.InvariantCulture);

    // As it is by default: it can have other counts and options.
    private static JsonNode ToJson(SimulatedEntry entry)
    {
        var source = entry.CreateSource();
        var plan = source.Plan;
        var json = new JsonObject
        {
            ["name"] = entry.Name,
            ["summary"] = entry.Summary,
            ["found"] = source.Cache.Has(plan),
            ["folder"] = source.Cache.FolderOf(plan),
            ["how-to-get"] = entry.HowToGet,
        };
        foreach (var part in plan.Parts) json[$"{part.Split}".ToLowerInvariant()] = part.Count;
        return json;
    }

    private static JsonNode ToJson(DataSetStatus status)
    {
        var json = new JsonObject
        {
            ["name"] = status.Entry.Name,
            ["summary"] = status.Entry.Summary,
            ["found"] = status.Set is not null,
            ["folder"] = status.Location?.Folder,
            ["problem"] = status.Problem,
            ["how-to-get"] = status.Entry.HowToGet,
        };
        if (status.Set is not { } set) return json;
        json["source"] = set.Source;
        json["train"] = set.Train.Count;
        json["validation"] = set.Validation.Count;
        json["test"] = set.Test.Count;
        json["mean-pixel"] = set.Train.MeanPixel;
        json["fingerprint"] = set.Fingerprint;
        return json;
    }
}
