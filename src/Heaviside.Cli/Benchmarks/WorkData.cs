using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What works are made for.</summary>
/// <param name="images">The images.</param>
/// <param name="batch">Images per step.</param>
/// <param name="device">Where to compute.</param>
internal sealed class WorkData(BenchmarkImages images, int batch, Device device)
{
    private readonly Tensor[] batches = images.Batches(batch, device);

    /// <summary>Images per step.</summary>
    internal int Batch => batch;

    /// <summary>Where to compute.</summary>
    internal Device Device => device;

    /// <summary>Training steps of a model and an estimator of the catalogues.</summary>
    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal TrainingStep Step(string model, string estimator, params IEnumerable<(string Key, string Value)> settings)
    {
        using var initial = new Generator(1);
        return new(model, estimator, new Settings(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))), images.Input(initial), batches, device);
    }
}
