using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Files;
using Heaviside.Pictures;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside cluster</c>.</summary>
internal static class ClusterCommand
{
    private static readonly Option<string> Part = CheckedOption.Choice("--split", "SPLIT", "test, validation or train", "test", "validation", "train");
    private static readonly Option<int> Columns = CheckedOption.Whole("--columns", "Images in a row of the picture", 3, 1_000, 20);
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the files [default: RUN/clusters]", HelpName = "FOLDER" };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");
    private static readonly RunOptions Of = new();

    internal static Command Create() => new CommandWithExamples(
        "cluster",
        "Puts images into the clusters of a run's model: assignments.csv, a picture with a row per cluster, and, where the data have labels, confusion.csv and the accuracy.",
        new("cluster runs/mnist-gmvae-none-1", "the test images"),
        new("cluster runs/mnist-gmvae-none-1 --split validation --columns 12 --out clusters", "other images, elsewhere"))
    {
        Part, Columns, Out, AsJson, Of.All,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        using var experiment = Of.Load(parsed);
        var split = Enum.Parse<Split>(parsed.GetValue(Part)!, ignoreCase: true);
        var view = TrainingView.OfEvaluation(parsed.GetValue(AsJson));
        ClusterReport? made = null;
        view.Show(() => made = ClusterReport.Create(experiment, split, view));
        var report = made!;

        var folder = MakeFolder(parsed.GetValue(Out) ?? Path.Combine(Of.Folder(parsed), "clusters"));
        var files = new List<(string Name, string Path)>();
        string File(string name, string file)
        {
            files.Add((name, Path.Combine(folder, file)));
            return files[^1].Path;
        }

        AtomicFile.WriteText(File("assignments", "assignments.csv"), report.Assignments());
        if (report.Accuracy is not null) AtomicFile.WriteText(File("confusion", "confusion.csv"), report.Confusion());
        ImageFile.Write(File("picture", "clusters.png"), report.Picture(parsed.GetValue(Columns), Seeds.Derive(experiment.Options.Seed, "pictures of clusters")));
        if (parsed.GetValue(AsJson)) Json.Write(ToJson(experiment, split, report, files));
        else Print(experiment, split, report, files);
        return Application.Success;
    }

    private static string MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: cannot be made: {error.Message}; name another folder with --out", error);
        }
    }

    private static void Print(Experiment experiment, Split split, ClusterReport report, List<(string Name, string Path)> files)
    {
        var clustering = report.Clustering;
        if (report.Accuracy is { } accuracy)
        {
            var counts = ClusterAccuracy.Confusion(clustering);
            var table = Terminal.Table(["cluster", "its class", "images", .. Enumerable.Range(0, counts.GetLength(1)).Select(c => $"{c}")]);
            foreach (var column in table.Columns) column.RightAligned();
            for (var k = 0; k < clustering.Clusters; k++)
                table.AddRow([$"{k}", $"{accuracy.Classes[k]}", $"{clustering.Sizes[k]}", .. Enumerable.Range(0, counts.GetLength(1)).Select(c => $"{counts[k, c]}")]);
            Terminal.Out.WriteLine($"{split} images of each cluster (rows) and class (columns)");
            Terminal.Write(table);
            RunText.Pairs(
                ("accuracy, class of the most probable validation image", $"{accuracy.MostProbableExample:P2}"),
                ("accuracy, majority class of the validation images", $"{accuracy.Majority:P2}"),
                ($"accuracy, best one-to-one assignment on the {split} images".ToLowerInvariant(), $"{accuracy.OptimalAssignment:P2}"));
        }

        RunText.Pairs(
            ("dead clusters", clustering.Dead.Count == 0 ? "none" : $"{clustering.Dead.Count} of {clustering.Clusters}: {string.Join(", ", clustering.Dead)}"),
            ("conditions", RunReport.Conditions(experiment)));
        RunText.Pairs([.. files]);
    }

    private static JsonObject ToJson(Experiment experiment, Split split, ClusterReport report, List<(string Name, string Path)> files) => new()
    {
        ["conditions"] = RunReport.Conditions(experiment),
        ["split"] = split.ToString().ToLowerInvariant(),
        ["clusters"] = report.Clustering.Clusters,
        ["dead"] = new JsonArray([.. report.Clustering.Dead.Select(k => (JsonNode)k)]),
        ["accuracy"] = report.Accuracy is not { } a ? null : new JsonObject
        {
            ["most-probable-example"] = a.MostProbableExample,
            ["majority"] = a.Majority,
            ["optimal-assignment"] = a.OptimalAssignment,
        },
        ["files"] = new JsonObject(files.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Path))),
    };
}
