using Heaviside.Configuration;

namespace Heaviside.Data;

/// <summary>A line of the catalogue: data that have a name.</summary>
public abstract class DataEntry : ICatalogEntry
{
    /// <summary>The name they are asked for by, lower case with dashes.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>What loads them, with its options as they are by default; a new one each time.</summary>
    public abstract DataSource CreateSource();
}
