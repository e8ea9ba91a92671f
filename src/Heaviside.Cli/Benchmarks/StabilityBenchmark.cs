using System.CommandLine;
using Heaviside.Models;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the categorical VAE without and with stability regularization of its logits.</summary>
internal sealed class StabilityBenchmark : StepBenchmark
{
    private const string Unit = "without";

    private static readonly (string Name, (string Key, string Value)[] Settings)[] Variants =
    [
        (Unit, []),
        ("stability (algorithm 1)", [("stability", "100")]),
        ("with Gumbel noise", [("stability", "100"), ("stability-gumbel", "true")]),
        ("mean-centered (algorithm 2)", [("stability", "100"), ("rho2", "0.5")]),
        ("mean-centered, independent noises", [("stability", "100"), ("rho2", "0.5"), ("shared-noise", "false")]),
    ];

    /// <inheritdoc/>
    public override string Name => "stability";

    /// <inheritdoc/>
    internal override string Description => "Times a training step of the categorical VAE with stability regularization, as a ratio to one without, in turns on one core.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
        [new("bench stability", "both latent shapes"), new("bench stability --latents 100x2 --rounds 3 --json", "for a program")];

    /// <inheritdoc/>
    protected override IReadOnlyList<Option> Own => [BenchmarkRequest.LatentsOption];

    /// <inheritdoc/>
    protected override bool HasPeers => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<WorkTable> Tables(BenchmarkRequest request) =>
    [
        new("regularizer", "the categorical VAE with Gumbel-Softmax",
        [
            .. from latents in request.Values(BenchmarkRequest.LatentsOption, "30x10", "100x2").Select(LatentShape.Parse)
               from variant in Variants
               select new Work(variant.Name, data => data.Step("categorical-vae", "gumbel-softmax", [("latents", $"{latents}"), .. variant.Settings])) { Latents = $"{latents}", Unit = Unit },
        ]),
    ];
}
