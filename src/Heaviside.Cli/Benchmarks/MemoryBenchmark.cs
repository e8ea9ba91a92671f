using System.CommandLine;
using System.Diagnostics;
using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The resident size of the process over many training steps of the categorical VAE.</summary>
internal sealed class MemoryBenchmark : Benchmark
{
    private const int Batch = 100, Side = 28, Batches = 50, StepsPerCollection = 1_000, Reports = 20;

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <inheritdoc/>
    internal override string Description => "Prints the resident size over many training steps, with collections forced along the way.";

    /// <inheritdoc/>
    internal override IReadOnlyList<Example> Examples => [new("bench memory --steps 100000", "the long run")];

    /// <inheritdoc/>
    internal override IReadOnlyList<Option> Options => [BenchmarkRequest.StepsOption];

    /// <inheritdoc/>
    internal override void Run(BenchmarkRequest request)
    {
        using var scope = torch.NewDisposeScope();
        using var initial = new Generator(1);
        Tensor[] data = [.. Enumerable.Range(0, Batches).Select(_ => torch.rand([Batch, Side * Side], generator: initial))];
        using var step = TrainingStep.OfImages("categorical-vae", "gumbel-softmax", new Settings(), new(1, Side, Side, new float[Side * Side], initial), data, torch.CPU);
        for (var i = 1; i <= request.Steps; i++)
        {
            step.Make();
            if (i % StepsPerCollection == 0) GC.Collect();
            if (i % Math.Max(request.Steps / Reports, 1) == 0) Console.Out.WriteLine($"{i,9} steps  {Resident() / 1e6,8:F1} MB");
        }
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
