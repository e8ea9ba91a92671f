using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Cli.Reproduction;
using Heaviside.Configuration;
using Heaviside.Files;
using Heaviside.Studies;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside reproduce</c>.</summary>
internal static class ReproduceCommand
{
    private static readonly Argument<string?> Name = new("STUDY") { Description = "A study's name or file [default: list the studies]", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Scale = new("--scale") { Description = "How much to run: smoke (seconds), short (an hour), paper (all of it)", HelpName = "SCALE", DefaultValueFactory = _ => "smoke" };
    private static readonly Option<int> Jobs = CheckedOption.Whole("--jobs", "Runs at a time, which share the cores", 1, 1024, Environment.ProcessorCount);
    private static readonly Option<string?> Only = new("--only") { Description = "Only the runs with this text in their names", HelpName = "TEXT" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the runs and results of all studies", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine("runs", "reproduce") };
    private static readonly Option<string?> DataDir = CommonOptions.DataDir();
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object a line, for programs");

    internal static Command Create() => new CommandWithExamples(
        "reproduce",
        "Makes the runs behind a table or figure of a paper, and writes ours beside the paper's. What was stopped is continued.",
        new("reproduce", "the studies there are"),
        new("reproduce rebar/table-app1", "a table in seconds, to see that all of it works"),
        new("reproduce rebar/table-app1 --scale short", "the same with shortened runs"),
        new("reproduce rebar/table-app1 --scale paper --only nvil --jobs 4", "the paper's own steps and seeds, one column"))
    {
        Name, Scale, Jobs, Only, Out, DataDir, AsJson,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Name) is { } name) return Run(parsed, StudyPlan.Create(RecipeFinder.FindStudy(name), parsed.GetValue(Scale)!));
        List(parsed.GetValue(AsJson));
        return Application.Success;
    }

    private static int Run(ParseResult parsed, StudyPlan plan)
    {
        using var interrupt = new Interrupt("stopping all runs after their steps; press Ctrl-C again to quit at once");
        var root = parsed.GetValue(Out)!;
        plan.RequireRuns();
        var (runsFolder, folder) = (Path.Combine(root, plan.RunsFolder), Path.Combine(root, plan.ResultsFolder));
        var wanted = parsed.GetValue(Only) is { } only ? plan.RunsWith(only) : plan.Runs;
        using var alone = Lock(runsFolder);
        var kind = RunKind.Of(plan.Study.Grid, parsed.GetValue(DataDir));
        var archive = new RunArchive(runsFolder, kind);
        var runs = wanted.Select(archive.Progress).ToList();

        var failed = new HashSet<StudyRun>();
        var results = Write();
        ReproductionView view = parsed.GetValue(AsJson) ? new JsonReproductionView() : Terminal.IsInteractive ? new LiveReproductionView() : new LineReproductionView();
        view.Started(results, runs, parsed.GetValue(Jobs), folder);
        view.Show(() => new RunQueue(runs, kind, run =>
        {
            if (run.State == RunState.Failed) failed.Add(run.Run);
            if (run.IsOver) results = Write();
            view.Changed(run, results);
        }).Work(parsed.GetValue(Jobs), interrupt.Token));

        results = Write();
        view.Ended(results, runs, folder);
        if (runs.Any(r => !r.IsOver)) throw new OperationCanceledException($"stopped; continue with: {CommandLineOf(parsed)}");
        return failed.Count > 0 ? Application.Failure : Application.Success;

        StudyResults Write()
        {
            var now = new StudyResults(plan, archive.Read(), failed.Contains);
            ResultsFolder.Write(now, folder);
            return now;
        }
    }

    private static FileStream Lock(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (Disk.IsHeldByAnother(error))
        {
            throw new InputException($"{folder}: another {HostProgram.Name} reproduce is working on these runs", error);
        }
    }

    private static string CommandLineOf(ParseResult parsed) =>
        $"{HostProgram.Name} " + string.Join(' ', parsed.Tokens.Select(t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"\"{t.Value}\"" : t.Value));

    private static void List(bool asJson)
    {
        var studies = RecipeFinder.Studies().Select(s => Study.Read(s.Value, s.Key)).ToList();
        if (asJson)
        {
            Json.Write(new JsonArray([.. studies.Select(ToJson)]));
            return;
        }

        var table = Terminal.Table("study", "what it shows", "paper", "runs");
        foreach (var s in studies)
            table.AddRow([.. new[] { s.Id, s.Title, s.Paper, string.Join(", ", s.Grid.Scales.Keys.Select(k => $"{k} {StudyPlan.Create(s, k).Runs.Count}")) }.Select(Markup.Escape)]);
        Terminal.Write(table);
        Terminal.Out.WriteLine($"  Run one with: {HostProgram.Name} reproduce STUDY --scale short");
    }

    private static JsonNode ToJson(Study s) => new JsonObject
    {
        ["study"] = s.Id,
        ["title"] = s.Title,
        ["paper"] = s.Paper,
        ["scales"] = new JsonObject(s.Grid.Scales.Keys.Select(k => KeyValuePair.Create<string, JsonNode?>(k, StudyPlan.Create(s, k).Runs.Count))),
    };
}
