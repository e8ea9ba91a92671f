using Heaviside.Configuration;

namespace Heaviside.Priors.Partition;

/// <summary>A method for log Z in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on how it works.</param>
/// <param name="Reference">The source, with its DOI or arXiv id.</param>
/// <param name="New">Makes one with its default options.</param>
public sealed record PartitionEntry(string Name, string Summary, string Reference, Func<PartitionEstimator> New) : ICatalogEntry;
