using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A demonstration in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as studies and the command line write it.</param>
/// <param name="Summary">One line on what it shows.</param>
/// <param name="Create">Makes one from settings.</param>
public sealed record DemonstrationEntry(string Name, string Summary, Func<Settings, Demonstration> Create) : ICatalogEntry
{
    /// <summary>A row of each kind that it reports, with any values.</summary>
    internal IReadOnlyList<ILabRow> Rows { get; init; } = [];
}
