using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Models;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the categorical VAE without and with stability regularization of its logits, in turns on one core.</summary>
internal sealed class StabilityBenchmark
{
    private const int Batch = 100, WarmUp = 50;

    /// <summary>What is measured: the first is the unit of the others.</summary>
    private static readonly (string Name, (string Key, string Value)[] Settings)[] Variants =
    [
        ("without", []),
        ("stability (algorithm 1)", [("stability", "100")]),
        ("with Gumbel noise", [("stability", "100"), ("stability-gumbel", "true")]),
        ("mean-centered (algorithm 2)", [("stability", "100"), ("rho2", "0.5")]),
        ("mean-centered, independent noises", [("stability", "100"), ("rho2", "0.5"), ("shared-noise", "false")]),
    ];

    /// <summary>The latents to measure with.</summary>
    internal required LatentShape Latents { get; init; }

    /// <summary>Turns of each.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Steps per turn.</summary>
    internal required int Steps { get; init; }

    /// <summary>Where the images come from; known after the run.</summary>
    internal string Source { get; private set; } = "";

    /// <summary>Measures; tells <paramref name="progress"/> of each round.</summary>
    internal IReadOnlyList<ComparedTimes> Run(DataFolders folders, Action<int> progress)
    {
        using var scope = torch.NewDisposeScope();
        using var core = OneCore.Take();
        using var images = BenchmarkImages.Read(folders);
        Source = images.Source;
        var batches = images.Batches(Batch, torch.CPU);
        var sides = Variants.Select(v => (Times: new ComparedTimes(v.Name, []), Step: Step(images, v.Settings))).ToList();
        foreach (var (_, step) in sides) _ = step.Run(WarmUp, batches);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (times, step) in sides) times.Ours.Add(step.Run(Steps, batches));
            progress(round + 1);
        }

        foreach (var (_, step) in sides) step.Dispose();
        return [.. sides.Select(s => s.Times)];
    }

    /// <summary>The results of a run for a program.</summary>
    internal JsonObject ToJson(IReadOnlyList<ComparedTimes> results) => new()
    {
        ["latents"] = $"{Latents}",
        ["batch"] = Batch,
        ["threads"] = torch.get_num_threads(),
        ["rounds"] = Rounds,
        ["steps"] = Steps,
        ["data"] = Source,
        ["libtorch"] = Machine.LibtorchVersion,
        ["variants"] = new JsonArray([.. results.Select(r =>
        {
            var ratio = Ratio.Of(r.Ours, results[0].Ours);
            return new JsonObject { ["name"] = r.Name, ["ms"] = r.Ours.Median * 1e3, ["ratio"] = ratio.Median, ["ratio-least"] = ratio.Least, ["ratio-most"] = ratio.Most };
        })]),
    };

    private TrainingStep Step(BenchmarkImages images, (string Key, string Value)[] settings)
    {
        using var initial = new Generator(1);
        var all = settings.Prepend(("latents", $"{Latents}")).Select(s => KeyValuePair.Create(s.Item1, s.Item2));
        return new("categorical-vae", "gumbel-softmax", new Settings(all), images.Input(initial), torch.CPU);
    }
}
