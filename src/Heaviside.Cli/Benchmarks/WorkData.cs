using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What works are made for.</summary>
/// <param name="data">The examples.</param>
/// <param name="batch">Examples per step.</param>
/// <param name="device">Where to compute.</param>
internal sealed class WorkData(BenchmarkData data, int batch, Device device)
{
    /// <summary>Examples per step.</summary>
    internal int Batch => batch;

    /// <summary>Where to compute.</summary>
    internal Device Device => device;

    /// <summary>Training steps of a model and an estimator of the catalogues.</summary>
    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal TrainingStep Step(string model, string estimator, params IEnumerable<(string Key, string Value)> settings) =>
        data.Step(model, estimator, new Settings(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))), batch, device);
}
