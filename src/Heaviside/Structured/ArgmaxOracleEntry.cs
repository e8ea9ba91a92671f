using Heaviside.Configuration;

namespace Heaviside.Structured;

/// <summary>An argmax oracle in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on what it solves.</param>
/// <param name="Reference">The source, with its DOI.</param>
/// <param name="New">Makes one with its default options.</param>
public sealed record ArgmaxOracleEntry(string Name, string Summary, string Reference, Func<ArgmaxOracle> New) : ICatalogEntry;
