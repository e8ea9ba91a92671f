using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Estimators;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the sigmoid belief network 784-200-784 with each estimator at its default settings.</summary>
internal sealed class EstimatorsBenchmark : StepBenchmark
{
    private const string Unit = "gumbel-softmax";

    private static readonly Option<int[]> Batches = CheckedOption.Wholes("--batch-size", "N", "Images per step [default: 24 100]", 1, 5_000);
    private static readonly Option<string[]> Names = new("--estimator") { Description = "Only these, and the unit", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    /// <inheritdoc/>
    public override string Name => "estimators";

    /// <inheritdoc/>
    internal override string Description =>
        $"Times a training step of a sigmoid belief network with every estimator, as a ratio to {Unit} and to the same in idiomatic TorchSharp, in turns on one core.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
    [
        new("bench estimators", "the whole catalogue, for two batch sizes"),
        new("bench estimators --batch-size 100 --estimator reinforce --rounds 3 --json", "one of them, for a program"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Option> Own => [Batches, Names];

    /// <inheritdoc/>
    protected override IReadOnlyList<WorkTable> Tables(BenchmarkRequest request)
    {
        string[] names = [.. request.Values(Names, [.. EstimatorCatalog.All.Names]).Select(name => EstimatorCatalog.All.Find(name).Name)];
        // Adam as the papers on these estimators have it, on both sides.
        Work[] works = [.. names.Prepend(Unit).Distinct().Select(name => new Work(name, data => data.Step("sbn", name, ("beta2", "0.99999"))) { Unit = Unit })];
        return [.. request.Values(Batches, 24, 100).Select(batch => new WorkTable("estimator", "a sigmoid belief network 784-200-784", works) { Batch = batch })];
    }
}
