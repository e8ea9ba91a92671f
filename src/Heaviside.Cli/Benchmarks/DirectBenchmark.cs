using System.CommandLine;
using Heaviside.Cli.Options;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of direct optimization, of the exact gradient and of Gumbel-Softmax on the networks of arXiv:1806.02867.</summary>
internal sealed class DirectBenchmark : StepBenchmark
{
    private const string GumbelSoftmax = "gumbel-softmax", Direct = "direct";

    private static readonly Option<int[]> Classes = CheckedOption.Wholes("--classes", "K", "Classes of the single variable [default: 10 30 50]", 2, 1_000);

    /// <inheritdoc/>
    public override string Name => "direct";

    /// <inheritdoc/>
    internal override string Description =>
        "Times training steps of direct optimization, with one categorical variable and with 15 bits, as ratios to Gumbel-Softmax and to idiomatic TorchSharp, in turns on one core.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
        [new("bench direct", "all of them"), new("bench direct --classes 10 --rounds 3 --json", "fewer, for a program")];

    /// <inheritdoc/>
    protected override IReadOnlyList<Option> Own => [Classes];

    /// <inheritdoc/>
    protected override int WarmUp => 30;

    /// <inheritdoc/>
    protected override IReadOnlyList<WorkTable> Tables(BenchmarkRequest request) =>
        [new("step", "784-300-latents-300-784 with ReLU", [.. request.Values(Classes, 10, 30, 50).SelectMany(OneVariable), .. Bits()])];

    private static Work[] OneVariable(int classes)
    {
        (string, string)[] network = [("latents", $"1x{classes}"), ("encoder-layers", "[300]"), ("decoder-layers", "[300]"), ("activation", "relu"), ("pixel-means", "false")];
        Work Work(string estimator, double? aim) => Named($"1x{classes}", estimator, data => data.Step("categorical-vae", estimator, network), GumbelSoftmax, aim);
        return [Work(GumbelSoftmax, null), Work(Direct, 1.0), Work("enumeration", 1.3)];
    }

    private static Work[] Bits()
    {
        const string Plain = "direct, no pairs";
        Work Work(string name, string estimator, string pairs, string oracle, string unit, double? aim) =>
            Named("15 bits", name, data => data.Step("pairwise-vae", estimator, ("pairs", pairs), ("oracle", oracle), ("kl-weight", "0")), unit, aim);
        return
        [
            Work(GumbelSoftmax, GumbelSoftmax, "none", "independent", GumbelSoftmax, null),
            Work(Plain, Direct, "none", "independent", GumbelSoftmax, 4),
            Work("direct, supermodular, max-flow", Direct, "supermodular", "max-flow", Plain, 1.3),
            Work("direct, general, branch and bound", Direct, "general", "branch-and-bound", Plain, 2),
            Work("direct, general, exhaustive", Direct, "general", "exhaustive", Plain, 2),
        ];
    }

    private static Work Named(string latents, string name, Func<WorkData, ITimed> ours, string unit, double? aim) =>
        new(name, ours) { Latents = latents, Unit = unit, Aim = aim, Key = $"{latents}/{name}".Replace(' ', '-') };
}
