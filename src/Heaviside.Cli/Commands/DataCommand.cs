using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
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
            new("data fetch mnist", "download one into the user's cache folder"))
        {
            DataDir, AsJson, DataFetchCommand.Create(),
        };
        command.SetAction(parsed =>
        {
            var sets = DataSetStatus.All(DataFolders.Standard(parsed.GetValue(DataDir)));
            if (parsed.GetValue(AsJson)) Json.Write(new JsonArray([.. sets.Select(ToJson)]));
            else WriteTable(sets);
        });
        return command;
    }

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

        Terminal.Write(table);
    }

    private static string Mean(DataSet set) => set.Train.MeanPixel.ToString("F4", CultureInfo.InvariantCulture);

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
