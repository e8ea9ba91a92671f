using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Files;

namespace Heaviside.Training;

/// <summary>The folder that holds all of a run; docs/run-folder.md describes the files.</summary>
public sealed class RunFolder : IDisposable
{
    private const string ChangesKey = "changes";

    private readonly FileStream? @lock;

    private RunFolder(string root, bool isForReading)
    {
        Root = root;
        if (isForReading) return;
        try
        {
            @lock = new FileStream(Path.Combine(root, RunFileName.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (Disk.IsHeldByAnother(error))
        {
            throw new InputException($"{root}: another process is working on this run", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Disk.Explain(root, error);
        }
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>The complete recipe as run.</summary>
    public string RecipeFile => Path.Combine(Root, RunFileName.Recipe);

    /// <summary>Versions, threads, data and the like.</summary>
    public string InfoFile => Path.Combine(Root, RunFileName.Info);

    /// <summary>Metrics as JSON Lines.</summary>
    public string MetricsFile => Path.Combine(Root, RunFileName.Metrics);

    /// <summary>The weights after a step whose validation bound was the best until then.</summary>
    public string BestFile(long step) => Path.Combine(Root, $"best-{step:D10}.safetensors");

    /// <summary>The test bounds.</summary>
    public string ResultFile => Path.Combine(Root, RunFileName.Result);

    /// <summary>The folder of checkpoints.</summary>
    public string Checkpoints => Path.Combine(Root, RunFileName.Checkpoints);

    /// <summary>Generated images.</summary>
    public string SamplesFile => Path.Combine(Root, RunFileName.Samples);

    /// <summary>Test images and their reconstructions.</summary>
    public string ReconstructionsFile => Path.Combine(Root, RunFileName.Reconstructions);

    /// <summary>Generated images of each class, of a model whose classes can be those of labels.</summary>
    public string ClassesFile => Path.Combine(Root, RunFileName.Classes);

    /// <summary>Generated images with each attribute off and on, of a model whose classes are made of attributes.</summary>
    public string AttributesFile => Path.Combine(Root, RunFileName.Attributes);

    /// <summary>The course of training and validation.</summary>
    public string CurvesFile => Path.Combine(Root, RunFileName.Curves);

    /// <summary>Which classes were taken for which, of a model that classifies images.</summary>
    public string ConfusionFile => Path.Combine(Root, RunFileName.Confusion);

    /// <summary>The worst mistakes of a model that classifies images.</summary>
    public string MistakesFile => Path.Combine(Root, RunFileName.Mistakes);

    /// <summary>Inferred graphs below the true ones, of a model that infers edges.</summary>
    public string GraphsFile => Path.Combine(Root, RunFileName.Graphs);

    /// <summary>Trajectories as they were and as they are predicted, of a model that predicts them.</summary>
    public string TrajectoriesFile => Path.Combine(Root, RunFileName.Trajectories);

    /// <summary>A new folder for an experiment.</summary>
    /// <remarks>The recipe comes last and makes it a run: a folder that was abandoned before is started over.</remarks>
    /// <exception cref="InputException">The folder exists and is not empty, or another process is creating it.</exception>
    public static RunFolder Create(string path, Experiment experiment)
    {
        RequireUnused(path);
        Directory.CreateDirectory(path);
        var run = new RunFolder(path, isForReading: false);
        try
        {
            RequireUnused(path); // again: now no other process can begin here
            run.Begin(experiment);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The folder of an earlier run, to be read only: nothing in it is changed, and another process may be training it meanwhile.</summary>
    /// <exception cref="InputException">There is no run.</exception>
    public static RunFolder OpenToRead(string path)
    {
        RequireRun(path);
        return new RunFolder(path, isForReading: true);
    }

    /// <summary>The folder of an earlier run, to go on with it.</summary>
    /// <exception cref="InputException">There is no run, or another process works on it.</exception>
    public static RunFolder Open(string path)
    {
        RequireRun(path);
        var run = new RunFolder(path, isForReading: false);
        try
        {
            AtomicFolder.DeleteLeftovers(path);
            if (Directory.Exists(run.Checkpoints)) AtomicFolder.DeleteLeftovers(run.Checkpoints);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The folder of an experiment: that of its run so far, or a new one.</summary>
    /// <exception cref="InputException">The folder has something else, or a run of other data, or another process works on it.</exception>
    public static RunFolder OpenOrCreate(string path, Experiment experiment)
    {
        if (!File.Exists(Path.Combine(path, RunFileName.Recipe))) return Create(path, experiment);
        var run = Open(path);
        try
        {
            run.RequireSameData(experiment);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process works on the run in a folder now; false where there is no such folder.</summary>
    public static bool IsInUse(string path) => Disk.IsInUse(Path.Combine(path, RunFileName.Lock));

    /// <summary>The settings of the run.</summary>
    public Settings ReadSettings() => new(Recipe.Read(RecipeFile).Settings);

    /// <summary>Throws if the experiment's data are not those that the run was started with.</summary>
    /// <exception cref="InputException">The fingerprints differ.</exception>
    public void RequireSameData(Experiment experiment)
    {
        var then = Text(ReadInformation(), "data", "fingerprint");
        if (then != experiment.Data.Fingerprint)
            throw new InputException($"{Root}: was trained on other data under the name {experiment.Data.Name} (fingerprint {Short(then ?? "unknown")}, now {Short(experiment.Data.Fingerprint)})");

        static string Short(string text) => text.Length <= 8 ? text : text[..8] + "...";
    }

    /// <summary>What is no longer as it was when the run was started, so that continuing it is not bit for bit the same.</summary>
    public IEnumerable<string> Differences(Experiment experiment)
    {
        var (then, now) = (ReadInformation(), Information(experiment));
        string[][] decisive = [["heaviside"], ["libtorch"], ["device"], ["threads", "operators"]];
        return from path in decisive
               where Text(then, path) != Text(now, path)
               select $"{string.Join(' ', path)}: {Text(now, path) ?? "unknown"}, was {Text(then, path) ?? "unknown"}";
    }

    /// <summary>Makes sure that this version of Heaviside continues what it began: another one draws other random numbers.</summary>
    /// <exception cref="InputException">Another version began the run.</exception>
    internal void RequireOwnVersion(Experiment experiment)
    {
        var (then, now) = (Text(ReadInformation(), "heaviside") ?? "unknown", Text(Information(experiment), "heaviside")!);
        if (Series(then) != Series(now))
            throw new InputException($"{Root}: was begun by Heaviside {then} and cannot be continued by {now}: evaluate and sample take its weights; train anew with: {HostProgram.Name} train {RecipeFile}");

        static string Series(string version) => string.Join('.', version.Split('.').Take(2));
    }

    /// <summary>Removes the best weights of all other steps than these.</summary>
    internal void KeepBest(params IEnumerable<long> steps)
    {
        var kept = steps.Select(s => Path.GetFileName(BestFile(s))).ToHashSet();
        foreach (var file in Directory.GetFiles(Root, "best-*.safetensors"))
            if (!kept.Contains(Path.GetFileName(file))) File.Delete(file);
    }

    /// <inheritdoc/>
    public void Dispose() => @lock?.Dispose();

    /// <summary>Notes in run.json with which settings the run goes on from a step, and has them in the recipe; what was noted of that step or later
    /// has come to nothing.</summary>
    internal void NoteChanges(long step, IReadOnlyList<SettingChange> changes, Experiment experiment)
    {
        var information = ReadInformation();
        var noted = (information[ChangesKey] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var before = noted.Where(c => c.Whole("step") < step).Select(c => c.DeepClone()).ToList();
        if (changes.Count == 0 && before.Count == noted.Count) return;
        if (changes.Count > 0)
            before.Add(new JsonObject
            {
                ["step"] = step,
                ["settings"] = new JsonObject(changes.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)new JsonObject { ["was"] = c.Was, ["is"] = c.Is }))),
            });
        information[ChangesKey] = new JsonArray([.. before]);
        WriteInformation(information);
        WriteRecipe(experiment);
    }

    /// <summary>Begins the run once more where it has no checkpoint yet and its recipe was changed.</summary>
    internal void BeginAnew(Experiment experiment)
    {
        if (!ReadSettings().Given.ToHashSet().SetEquals(Resolved(experiment))) Begin(experiment);
    }

    private static void RequireRun(string path)
    {
        if (!File.Exists(Path.Combine(path, RunFileName.Recipe))) throw new InputException($"{path}: is no run folder (it has no {RunFileName.Recipe})");
    }

    private static void RequireUnused(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)).Any(name => !IsOfBeginning(name)))
            throw new InputException($"{path}: is not empty; choose another --out, or continue that run with --resume {path}");
    }

    private static bool IsOfBeginning(string name) => name is RunFileName.Lock or RunFileName.Info || name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal);

    private void Begin(Experiment experiment)
    {
        AtomicFolder.DeleteLeftovers(Root);
        WriteInformation(Information(experiment));
        WriteRecipe(experiment);
    }

    private void WriteInformation(JsonObject information) =>
        AtomicFile.WriteText(InfoFile, information.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");

    private void WriteRecipe(Experiment experiment) => new Recipe { Settings = [.. Resolved(experiment)] }.Write(
        RecipeFile,
        experiment.IsOfSettings
            ? ["The complete recipe of this run, defaults included.", $"Repeat it with: {HostProgram.Name} train recipe.yaml"]
            : ["The parts of this run and their options. A program made them: start it again to go on."]);

    private static IEnumerable<KeyValuePair<string, string>> Resolved(Experiment e) => e.Settings.Resolved.Select(s => KeyValuePair.Create(s.Key, s.Value));

    private JsonObject ReadInformation() => JsonText.Read(InfoFile);

    private static string? Text(JsonNode? node, params string[] path) =>
        path.Aggregate(node, (n, name) => (n as JsonObject)?[name])?.ToString();

    private static JsonObject Information(Experiment e)
    {
        var data = new JsonObject
        {
            ["name"] = e.Data.Name,
            ["source"] = e.Data.Source,
            ["train"] = e.Data.Count(Split.Train),
            ["validation"] = e.Data.Count(Split.Validation),
            ["test"] = e.Data.Count(Split.Test),
            ["fingerprint"] = e.Data.Fingerprint,
        };
        foreach (var (name, value) in e.Data.Facts) data[name] = value;
        return Information(e, data);
    }

    private static JsonObject Information(Experiment e, JsonObject data) => new()
    {
        ["heaviside"] = typeof(RunFolder).Assembly.GetName().Version!.ToString(3),
        ["libtorch"] = Machine.LibtorchVersion,
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        ["started"] = DateTimeOffset.UtcNow.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
        ["seed"] = e.Options.Seed,
        ["device"] = e.Device.ToString(),
        ["threads"] = new JsonObject { ["operators"] = torch.get_num_threads() },
        ["parameters"] = e.Model.parameters().Sum(p => p.numel()),
        ["data"] = data,
    };
}
