using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Files;
using Heaviside.Tests.Design;
using Heaviside.Training;
using Heaviside.Training.Probes;

namespace Heaviside.Tests.Training;

/// <summary>What studies may read is what runs write, and what docs/run-folder.md says.</summary>
public sealed class RunMetricsTests
{
    private static readonly (string, string)[] Labels = [("labels", "21"), ("labeled-batch", "10"), ("probes", "accuracy")];

    // All kinds of lines, and all numbers, are among those of a few runs.
    [Fact]
    public void Numbers_OfEveryKind_AreThoseThatRunsWrite()
    {
        var written = new Dictionary<string, HashSet<string>>();
        Write(written, ("model", "sbn"), ("estimator", "reinforce"), ("probes", "[train-bound, test-bound, k-sample-bounds, inference-network, gradient-variance, validation-objective]"), ("probe-samples", "2"));
        Write(written, ("temperature", "linear(1, 0.5, steps=10)"), ("stability", "1"));
        Write(written, ("model", "gmvae"), ("stability", "1"), ("balance", "1"), ("probes", "clusters"));
        Write(written, ("model", "pairwise-vae"), ("estimator", "direct"), ("probes", "partial-bound"));
        Write(written, ("model", "boltzmann-vae"), ("estimator", "gumbolt"), ("groups", "[2, 2]"), ("hidden", "[4]"), ("chains", "4"), ("sweeps", "2"), ("probes", "[train-bound, test-bound, k-sample-bounds]"), ("probe-samples", "2"));
        Write(written, [("model", "mixed-vae"), ("estimator", "reinforce"), .. Labels]);

        WriteOfGraphs(written);

        written.Keys.ShouldBe(RunMetrics.Numbers.Keys, ignoreOrder: true);
        foreach (var (kind, numbers) in written) numbers.Except(RunMetrics.Numbers[kind]).ShouldBeEmpty(kind);
        foreach (var (kind, numbers) in RunMetrics.Numbers) numbers.Except(written[kind]).Where(n => kind != "inference-network" || !n.StartsWith("log-z", StringComparison.Ordinal)).ShouldBeEmpty(kind);
    }

    [Fact]
    public void Page_OfTheRunFolder_HasEveryKindAndNumber()
    {
        var page = File.ReadAllText(Path.Combine(Sources.Root(), "docs", "run-folder.md"));
        foreach (var (kind, numbers) in RunMetrics.Numbers)
            foreach (var name in numbers.Append(kind)) page.ShouldContain($"`{name}`", customMessage: kind);
    }

    [Fact]
    public void Probes_All_SayWhichNumbersTheyReport() => ProbeCatalog.All.ShouldAllBe(p => p.Numbers.Count > 0);

    private static void Write(Dictionary<string, HashSet<string>> written, params (string Key, string Value)[] changes)
    {
        var data = changes.Any(c => c.Key == "labels") ? LabeledStripes.Data : TinyRun.Data;
        using var run = new TinyRun { Images = data };
        run.Train(changes: changes);
        Add(written, run.Rows());
    }

    private static void WriteOfGraphs(Dictionary<string, HashSet<string>> written)
    {
        using var folder = new TemporaryFolder();
        var settings = new Settings([new("model", "nri"), new("data", "springs"), new("train", "20"), new("validation", "10"), new("test", "10"), new("encoder-width", "8"), new("decoder-width", "8"), new("batch-size", "10"), new("steps", "2"), new("probes", "figures")]);
        using var experiment = Experiment.Create(settings, DataFolders.Standard());
        using var run = RunFolder.Create(folder["run"], experiment);
        new Trainer(experiment, run, new Recorder()).Run(default);
        Add(written, MetricsLog.Read(run.MetricsFile));
    }

    private static void Add(Dictionary<string, HashSet<string>> written, IEnumerable<JsonObject> rows)
    {
        foreach (var row in rows)
            foreach (var (key, value) in row)
                if (value?.GetValueKind() == JsonValueKind.Number || (value is null && key != "kind")) (written.TryGetValue((string)row["kind"]!, out var numbers) ? numbers : written[(string)row["kind"]!] = []).Add(key);
    }
}
