using Heaviside.Configuration;

namespace Heaviside.Training.Probes;

/// <summary>A probe in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as the setting <c>probes</c> and the metrics' <c>kind</c> write it.</param>
/// <param name="Summary">One line on what it reports.</param>
/// <param name="Create">Makes one with options, for an experiment that has its model, estimator and data.</param>
public sealed record ProbeEntry(string Name, string Summary, Func<ProbeOptions, Experiment, Probe> Create) : ICatalogEntry
{
    /// <summary>The numbers that it may report, beside the position.</summary>
    internal IReadOnlyList<string> Numbers { get; init; } = [];
}
