using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

/// <summary>Runs of a few steps on a few synthetic images, and what they leave behind.</summary>
internal sealed class TinyRun : IDisposable
{
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["batch-size"] = "10",
        ["steps"] = "12",
        ["validate-every"] = "4",
        ["checkpoint-every"] = "3",
        ["log-every"] = "2",
        ["test-samples"] = "5",
        ["seed"] = "7",
    };

    private static readonly Dictionary<string, Dictionary<string, string>> SmallModels = new()
    {
        ["categorical-vae"] = new() { ["latents"] = "3x4", ["encoder-layers"] = "[6]", ["decoder-layers"] = "[7]" },
        ["mixed-vae"] = new() { ["classes"] = "3", ["gaussian-size"] = "2" },
        ["sbn"] = new() { ["layers"] = "[5, 4]" },
        ["structured-prediction"] = new() { ["layers"] = "[5, 4]" },
        ["gmvae"] = new() { ["clusters"] = "3", ["latent-size"] = "2", ["channels"] = "[2, 2]", ["hidden"] = "4" },
        ["stable-prediction"] = new() { ["bits"] = "5", ["hidden"] = "[6]", ["block-hidden"] = "[4]" },
        ["structured-prediction, resnet"] = new() { ["channels"] = "[4]" },
        ["stable-prediction, resnet"] = new() { ["channels"] = "[4]", ["block-hidden"] = "[4]" },
    };

    private readonly TemporaryFolder folder = new();

    public string Path => folder["run"];

    /// <summary>Makes the estimator, in place of the one that the settings name.</summary>
    public Func<GradientEstimator>? Estimator { get; init; }

    /// <summary>What is trained on.</summary>
    public DataSet Images { get; init; } = Data;

    public Recorder Observer { get; } = new();

    /// <summary>Grey stripes with noise: 45 training images are four full batches and a half one.</summary>
    public static DataSet Data { get; } = new("fashion-mnist", "synthetic", Stripes(45, 1, Split.Train), Stripes(13, 2, Split.Validation), Stripes(11, 3, Split.Test));

    /// <summary>Images all of whose pixels are the same.</summary>
    public static Batch Batch(int count, double pixel) =>
        new(new NamedArrays(count).With(ImageData.Pixels, [.. Enumerable.Repeat((float)pixel, count * 16)], 16), 0, 0);

    public static Experiment Experiment(params (string Key, string Value)[] changes) => Experiment(null, changes);

    /// <param name="estimator">Takes the place of the one that the settings name.</param>
    /// <param name="changes">Settings.</param>
    public static Experiment Experiment(Func<GradientEstimator>? estimator, params (string Key, string Value)[] changes) => Experiment(estimator, Data, changes);

    /// <param name="estimator">Takes the place of the one that the settings name.</param>
    /// <param name="data">What is trained on.</param>
    /// <param name="changes">Settings.</param>
    public static Experiment Experiment(Func<GradientEstimator>? estimator, DataSet data, (string Key, string Value)[] changes)
    {
        var model = changes.LastOrDefault(c => c.Key == "model").Value ?? "categorical-vae";
        var network = changes.Any(c => c == ("network", "resnet")) ? ", resnet" : "";
        var settings = new Dictionary<string, string>(Defaults.Concat(SmallModels.GetValueOrDefault(model + network, [])));
        foreach (var (key, value) in changes) settings[key] = value;
        return Heaviside.Training.Experiment.Create(new Settings(settings), data, estimator);
    }

    /// <summary>Starts a run, or continues it if it is there, and returns where it is then.</summary>
    public TrainingState Train(CancellationToken stop = default, params (string Key, string Value)[] changes)
    {
        using var experiment = Experiment(Estimator, Images, changes);
        using var run = Directory.Exists(Path) ? RunFolder.Open(Path) : RunFolder.Create(Path, experiment);
        return new Trainer(experiment, run, Observer).Run(stop);
    }

    /// <summary>Trains until a number of steps is done, as if a person had stopped it then.</summary>
    public TrainingState TrainTo(long step, params (string Key, string Value)[] changes)
    {
        using var stop = new CancellationTokenSource();
        Observer.OnStep = s =>
        {
            if (s.Step == step) stop.Cancel();
        };
        var state = Train(stop.Token, changes);
        Observer.OnStep = null;
        return state;
    }

    /// <summary>The metrics without the times, which alone may differ between equal runs.</summary>
    public List<string> Metrics() => [.. Rows().Select(row =>
    {
        row.Remove("seconds");
        return row.ToJsonString();
    })];

    public IReadOnlyList<System.Text.Json.Nodes.JsonObject> Rows() => Heaviside.Files.MetricsLog.Read(System.IO.Path.Combine(Path, "metrics.jsonl"));

    public string[] Checkpoints() => [.. Directory.GetDirectories(System.IO.Path.Combine(Path, "checkpoints")).Order(StringComparer.Ordinal)];

    /// <summary>Makes a checkpoint one of version 0.2, and gives its state's file.</summary>
    public static string WithoutSums(string checkpoint)
    {
        var file = System.IO.Path.Combine(checkpoint, "state.json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (var key in new[] { "settings", "sums", "sum" }) json.Remove(key).ShouldBeTrue(key);
        File.WriteAllText(file, json.ToJsonString());
        return file;
    }

    /// <summary>The names of the files of best weights.</summary>
    public string[] Best() => [.. Directory.GetFiles(Path, "best*").Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Requires the same metrics, best weights and last checkpoint, byte for byte.</summary>
    public void ShouldEqual(TinyRun other)
    {
        Metrics().ShouldBe(other.Metrics());
        Best().ShouldBe(other.Best());
        foreach (var name in Best()) Bytes(Path, name).ShouldBe(Bytes(other.Path, name), name);
        var (mine, others) = (Checkpoints()[^1], other.Checkpoints()[^1]);
        System.IO.Path.GetFileName(mine).ShouldBe(System.IO.Path.GetFileName(others));
        string[] Tensors(string folder) => [.. Directory.GetFiles(folder, "*.safetensors").Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Tensors(mine).ShouldBe(Tensors(others));
        foreach (var name in Tensors(mine)) Bytes(mine, name).ShouldBe(Bytes(others, name), name);
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Bytes(string folder, string name) => File.ReadAllBytes(System.IO.Path.Combine(folder, name));

    private static ImageSet Stripes(int count, int seed, Split split)
    {
        var random = new Random(seed);
        var pixels = new byte[count * 16];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)((i / 16 % 2 == i / 4 % 2 ? 40 : 200) + random.Next(-40, 41));
        return new(pixels, 1, 4, 4) { Split = split };
    }
}
