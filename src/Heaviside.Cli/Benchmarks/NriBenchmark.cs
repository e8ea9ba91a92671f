using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Simulators;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of neural relational inference: ours, the peers' with relation matrices, and the matrix products alone.</summary>
internal sealed class NriBenchmark : StepBenchmark
{
    private const int Types = 2;

    private static readonly Option<int> BatchSize = CheckedOption.Whole("--batch-size", "Trajectories per step", 1, 5_000, 128);
    private static readonly Option<int> Width = CheckedOption.Whole("--width", "Width of all layers", 1, 10_000, 256);
    private static readonly Option<int> Turns = CheckedOption.Whole("--steps", "Training steps per turn", 1, 10_000, 1);

    /// <inheritdoc/>
    public override string Name => "nri";

    /// <inheritdoc/>
    internal override string Description =>
        "Times training steps of neural relational inference, with soft and with hard edges and with trees, against the same with relation matrices in idiomatic TorchSharp, in turns on one core.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
    [
        new("bench nri", "springs of 5 objects and 49 frames, and spanning trees of 10 objects and 10 frames"),
        new("bench nri --batch-size 8 --width 32 --rounds 3 --json", "smaller, for a program"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Option> Own => [BatchSize, Width];

    /// <inheritdoc/>
    protected override bool ReadsImages => false;

    /// <inheritdoc/>
    protected override int WarmUp => 2;

    /// <inheritdoc/>
    protected override Option<int> Steps => Turns;

    /// <inheritdoc/>
    protected override IReadOnlyList<WorkTable> Tables(BenchmarkRequest request)
    {
        var (batch, width) = (request.Value(BatchSize), request.Value(Width));
        return
        [
            Table("springs", new Springs(), batch, width, [Categories("soft", false), Categories("soft", true), Categories("hard", false), Categories("hard", true)]),
            Table("spanning trees", new SpanningTrees(), batch, width, [new("soft trees", "tree", "gumbel-softmax", true) { Settings = [("edges", "tree")], Outputs = 1 }]),
        ];
    }

    // An estimator of soft edges differentiates the decoder by them; one of hard edges evaluates it.
    private static Edges Categories(string kind, bool skipsFirst) =>
        new($"{kind} edges{(skipsFirst ? ", the first type silent" : "")}", kind, kind == "soft" ? "gumbel-softmax" : "reinforce", skipsFirst);

    private static WorkTable Table(string name, Simulator simulator, int batch, int width, IReadOnlyList<Edges> edges)
    {
        var (n, t, d) = (simulator.Objects, simulator.Frames, simulator.Features.Count);
        return new("edges", $"neural relational inference, {name} of {n} objects and {t} frames, width {width}", [.. edges.Select(Step)])
        {
            Batch = batch,
            Read = _ => NriTrajectories.Simulate(simulator, name, 2 * batch),
        };

        Work Step(Edges kind)
        {
            var layers = new NriProducts(batch, n, t, d, width).Layers(kind.Messages, kind.Evaluated, kind.Outputs);
            return new(kind.Name, data => data.Step("nri", kind.Estimator, [("encoder-width", $"{width}"), ("decoder-width", $"{width}"), ("skip-first", kind.SkipsFirst ? "true" : "false"), .. kind.Settings]))
            {
                Key = $"{kind.Kind}/{n}x{t}x{d}/{width}/{Types}/{(kind.SkipsFirst ? 1 : 0)}",
                Parts = [new("matrix products", data => new MatrixProducts(layers, data.Device)) { Operations = MatrixProducts.Operations(layers) }],
            };
        }
    }

    // What edges are, the peer's word for it, and the estimator that trains them.
    private sealed record Edges(string Name, string Kind, string Estimator, bool SkipsFirst)
    {
        internal IReadOnlyList<(string, string)> Settings { get; init; } = [];

        internal int Outputs { get; init; } = Types;

        internal int Messages => SkipsFirst ? Types - 1 : Types;

        internal double Evaluated => Kind == "hard" ? (double)Messages / Types : Messages;
    }
}
