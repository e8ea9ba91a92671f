using Heaviside.Configuration;

namespace Heaviside.Optimizers;

/// <summary>An optimizer in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="New">Its options, as they are by default.</param>
public sealed record OptimizerEntry(string Name, Func<OptimizerOptions> New) : ICatalogEntry;
