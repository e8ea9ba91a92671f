using System.CommandLine;
using Heaviside.Cli.Options;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of GumBolt, ours and the peers', and where ours spend their time.</summary>
internal sealed class GumBoltBenchmark : StepBenchmark
{
    // Units of a group of the posterior and of a hidden layer; persistent chains, and sweeps of these in each step, as the peer has them.
    private const int Units = 200, Chains = 100, Sweeps = 200;

    private static readonly Option<int[]> Samples = CheckedOption.Wholes("--samples", "K", "Importance samples to measure with [default: 1 20]", 1, 1_000);

    /// <inheritdoc/>
    public override string Name => "gumbolt";

    /// <inheritdoc/>
    internal override string Description =>
        "Times training steps of GumBolt against the same in idiomatic TorchSharp, in turns on one core, and shows what the chains of the prior take of them.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
    [
        new("bench gumbolt --steps 20", "linear maps with 100x100 units, and two hidden layers with 200x200"),
        new("bench gumbolt --samples 1 --rounds 3 --steps 10 --json", "fewer, for a program"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Option> Own => [Samples];

    /// <inheritdoc/>
    protected override int WarmUp => 10;

    /// <inheritdoc/>
    protected override IReadOnlyList<WorkTable> Tables(BenchmarkRequest request) =>
        [new("maps, units, samples", $"GumBolt with {Sweeps} sweeps of {Chains} chains", [.. request.Values(Samples, 1, 20).SelectMany(k => new[] { Step(1, 0, k), Step(2, 2, k) })])];

    private static Work Step(int groups, int hiddenLayers, int samples)
    {
        var side = groups * Units / 2;
        return new($"{(hiddenLayers == 0 ? "linear" : $"{hiddenLayers} hidden layers")}, {side}x{side}, k = {samples}", data => Make(data, "restricted"))
        {
            Key = $"{groups}/{hiddenLayers}/{samples}",
            Parts = [new("networks", data => Make(data, "factorial")), new("sampling", _ => new PriorSampling(side, Chains, Sweeps))],
        };

        TrainingStep Make(WorkData data, string prior) => data.Step(
            "boltzmann-vae", "gumbolt",
            ("groups", List(groups)), ("hidden", List(hiddenLayers)), ("samples", $"{samples}"), ("prior", prior), ("chains", $"{Chains}"), ("sweeps", $"{Sweeps}"));
    }

    private static string List(int count) => $"[{string.Join(", ", Enumerable.Repeat(Units, count))}]";
}
