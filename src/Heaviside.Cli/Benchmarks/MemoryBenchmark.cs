using System.Diagnostics;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The resident size of the process over many training steps, with collections forced along the way.</summary>
internal static class MemoryBenchmark
{
    private const int Batch = 100, Pixels = 784, Batches = 50, StepsPerCollection = 1_000;

    /// <summary>Makes steps and reports (step, resident bytes) at twenty of them.</summary>
    internal static IEnumerable<(int Step, long Resident)> Run(int steps)
    {
        using var initial = new Generator(1);
        using var step = VaeBenchmark.Step(new(30, 10), new(1, 28, 28, new float[Pixels], initial), torch.CPU);
        var data = Enumerable.Range(0, Batches).Select(_ => torch.rand([Batch, Pixels], generator: initial).DetachFromDisposeScope()).ToArray();
        for (var i = 1; i <= steps; i++)
        {
            step.Make(data[i % Batches]);
            if (i % StepsPerCollection == 0) GC.Collect();
            if (i % Math.Max(steps / 20, 1) == 0) yield return (i, Resident());
        }

        foreach (var batch in data) batch.Dispose();
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
