namespace Heaviside.Configuration;

/// <summary>A line of a <see cref="Catalog{T}"/>.</summary>
public interface ICatalogEntry
{
    /// <summary>The name in kebab case, as recipes and the command line write it.</summary>
    string Name { get; }
}
