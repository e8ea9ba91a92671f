using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Files;
using Heaviside.Torch;

namespace Heaviside.Training;

/// <summary>The folder that holds all of a run; docs/run-folder.md describes the files.</summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream @lock;

    private RunFolder(string root)
    {
        Root = root;
        try
        {
            @lock = new FileStream(Path.Combine(root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new InputException($"{root}: another process is working on this run", error);
        }
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>The complete recipe as run.</summary>
    public string RecipeFile => Path.Combine(Root, "recipe.yaml");

    /// <summary>Versions, threads, data and the like.</summary>
    public string InfoFile => Path.Combine(Root, "run.json");

    /// <summary>Metrics as JSON Lines.</summary>
    public string MetricsFile => Path.Combine(Root, "metrics.jsonl");

    /// <summary>The weights of the best validation bound.</summary>
    public string BestFile => Path.Combine(Root, "best.safetensors");

    /// <summary>The test bounds.</summary>
    public string ResultFile => Path.Combine(Root, "result.json");

    /// <summary>The folder of checkpoints.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>Generated images.</summary>
    public string SamplesFile => Path.Combine(Root, "samples.png");

    /// <summary>Test images and their reconstructions.</summary>
    public string ReconstructionsFile => Path.Combine(Root, "reconstructions.png");

    /// <summary>The course of training and validation.</summary>
    public string CurvesFile => Path.Combine(Root, "curves.svg");

    /// <summary>A new folder for an experiment.</summary>
    /// <exception cref="InputException">The folder exists and is not empty.</exception>
    public static RunFolder Create(string path, Experiment experiment)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new InputException($"{path}: is not empty; choose another --out, or continue that run with --resume {path}");
        Directory.CreateDirectory(path);
        var run = new RunFolder(path);
        AtomicFile.WriteText(run.InfoFile, Information(experiment).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        var recipe = new Recipe { Settings = [.. experiment.Settings.Resolved.Select(s => KeyValuePair.Create(s.Key, s.Value))] };
        recipe.Write(run.RecipeFile, "The complete recipe of this run, defaults included.", "Repeat it with: heaviside train recipe.yaml");
        return run;
    }

    /// <summary>The folder of an earlier run.</summary>
    /// <exception cref="InputException">There is no run, or another process works on it.</exception>
    public static RunFolder Open(string path)
    {
        if (!File.Exists(Path.Combine(path, "recipe.yaml"))) throw new InputException($"{path}: is no run folder (it has no recipe.yaml)");
        var run = new RunFolder(path);
        AtomicFolder.DeleteLeftovers(path);
        if (Directory.Exists(run.Checkpoints)) AtomicFolder.DeleteLeftovers(run.Checkpoints);
        return run;
    }

    /// <summary>The settings of the run.</summary>
    public Settings ReadSettings() => new(Recipe.Read(RecipeFile).Settings);

    /// <summary>Throws if the experiment's data are not those that the run was started with.</summary>
    /// <exception cref="InputException">The fingerprints differ.</exception>
    public void RequireSameData(Experiment experiment)
    {
        var then = (string?)JsonNode.Parse(File.ReadAllText(InfoFile))?["data"]?["fingerprint"];
        if (then != experiment.Data.Fingerprint)
            throw new InputException($"{Root}: was trained on other data under the name {experiment.Data.Name} (fingerprint {then?[..8]}..., now {experiment.Data.Fingerprint[..8]}...)");
    }

    /// <inheritdoc/>
    public void Dispose() => @lock.Dispose();

    private static JsonObject Information(Experiment e) => new()
    {
        ["heaviside"] = typeof(RunFolder).Assembly.GetName().Version!.ToString(3),
        ["libtorch"] = torch.Version,
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        ["started"] = DateTimeOffset.UtcNow.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
        ["seed"] = e.Options.Seed,
        ["device"] = e.Device.ToString(),
        ["threads"] = new JsonObject { ["operators"] = torch.get_num_threads(), ["blas"] = torch.get_num_blas_threads() },
        ["parameters"] = e.Model.parameters().Sum(p => p.numel()),
        ["data"] = new JsonObject
        {
            ["name"] = e.Data.Name,
            ["source"] = e.Data.Source,
            ["binarization"] = e.Binarization.ToString(),
            ["train"] = e.Data.Train.Count,
            ["validation"] = e.Data.Validation.Count,
            ["test"] = e.Data.Test.Count,
            ["fingerprint"] = e.Data.Fingerprint,
        },
    };
}
