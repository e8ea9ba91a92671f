using System.CommandLine;
using Heaviside.Models;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Training steps of the categorical VAE: ours, the peers', and the matrix products alone.</summary>
internal sealed class VaeBenchmark : StepBenchmark
{
    private const int Batch = 100;

    /// <inheritdoc/>
    public override string Name => "vae";

    /// <inheritdoc/>
    internal override string Description => "Times training steps of the categorical VAE against the same in idiomatic TorchSharp, in turns on one core.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples =>
    [
        new("bench vae", "both latent shapes"),
        new("bench vae --peer torchsharp pytorch", "against PyTorch as well, where a python3 has it"),
        new("bench vae --latents 30x10 --rounds 3 --json", "for a program"),
        new("bench vae --device cuda", "on the GPU"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Option> Own => [BenchmarkRequest.LatentsOption, BenchmarkRequest.DeviceOption];

    /// <inheritdoc/>
    protected override IReadOnlyList<WorkTable> Tables(BenchmarkRequest request) =>
        [new("latents", "the categorical VAE", [.. request.Values(BenchmarkRequest.LatentsOption, "30x10", "100x2").Select(LatentShape.Parse).Select(Step)]) { Batch = Batch }];

    private static Work Step(LatentShape latents)
    {
        var variables = latents.Variables * latents.Classes;
        (int, int)[] layers = [(BenchmarkImages.Pixels, 200), (200, variables), (variables, 400), (400, BenchmarkImages.Pixels)];
        return new($"{latents}", data => data.Step("categorical-vae", "gumbel-softmax", ("latents", $"{latents}")))
        {
            Parts = [new("matrix products", data => new MatrixProducts(Batch, layers, data.Device)) { Operations = MatrixProducts.Operations(Batch, layers) }],
        };
    }
}
