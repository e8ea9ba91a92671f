using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Files;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside edges</c>.</summary>
internal static class EdgesCommand
{
    private static readonly Option<string> Part = CheckedOption.Choice("--split", "SPLIT", "test, validation or train", "test", "validation", "train");
    private static readonly Option<string?> Out = new("--out") { Description = "The file [default: RUN/edges.csv]", HelpName = "FILE" };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");
    private static readonly RunOptions Of = new();

    internal static Command Create() => new CommandWithExamples(
        "edges",
        "Writes the edges that a run's model infers from trajectories, with their probabilities and the true ones, as a table in CSV.",
        new("edges runs/springs-nri-gumbel-softmax-1", "of the test trajectories, into edges.csv in the run's folder"),
        new("edges runs/springs-nri-gumbel-softmax-1 --split validation --out valid.csv", "of others, elsewhere"))
    {
        Part, Out, AsJson, Of.All,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        using var experiment = Of.Load(parsed);
        var split = Enum.Parse<Split>(parsed.GetValue(Part)!, ignoreCase: true);
        var table = RunGraphs.Edges(experiment, split);
        var figures = RunReport.Figures(experiment, split, CancellationToken.None);
        var file = parsed.GetValue(Out) ?? Path.Combine(Of.Folder(parsed), "edges.csv");
        AtomicFile.WriteText(file, table);
        if (parsed.GetValue(AsJson))
        {
            Json.Write(new JsonObject
            {
                ["conditions"] = RunReport.Conditions(experiment),
                ["split"] = split.ToString().ToLowerInvariant(),
                ["figures"] = new JsonObject(figures.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)(double.IsFinite(f.Mean) ? f.Mean : null)))),
                ["file"] = file,
            });
            return Application.Success;
        }

        RunText.Pairs(
        [
            ("conditions", RunReport.Conditions(experiment)),
            ("split", split.ToString().ToLowerInvariant()),
            .. figures.Select(f => (f.Name, f.Mean.ToString("G5", CultureInfo.InvariantCulture))),
            ("edges", file),
        ]);
        return Application.Success;
    }
}
