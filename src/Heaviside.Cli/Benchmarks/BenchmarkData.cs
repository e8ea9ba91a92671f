using System.Runtime.InteropServices;
using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Examples to train on, in memory for us and in a file for a peer.</summary>
internal abstract class BenchmarkData : IDisposable
{
    /// <param name="values">The examples, one after another.</param>
    /// <param name="size">The numbers of an example, D.</param>
    /// <param name="source">Where they are from, in words.</param>
    private protected BenchmarkData(float[] values, int size, string source)
    {
        (Values, Size, Source) = (values, size, source);
        File = Path.Combine(Path.GetTempPath(), $"heaviside-bench-{Environment.ProcessId}.f32");
        System.IO.File.WriteAllBytes(File, MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>Where they are from, in words.</summary>
    internal string Source { get; }

    /// <summary>A file of them all, float32, one after another; it goes when this does.</summary>
    internal string File { get; }

    /// <summary>The numbers of an example, D.</summary>
    internal int Size { get; }

    /// <summary>The examples, one after another.</summary>
    private protected float[] Values { get; }

    /// <summary>Training steps of a model and an estimator of the catalogues.</summary>
    /// <param name="model">The model.</param>
    /// <param name="estimator">The estimator.</param>
    /// <param name="settings">Of the model, the estimator and the optimizer.</param>
    /// <param name="batch">Examples per step; what is left over is not used.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal abstract TrainingStep Step(string model, string estimator, Settings settings, int batch, Device device);

    public void Dispose() => System.IO.File.Delete(File);
}
