using Heaviside.Configuration;
using Heaviside.Models;

namespace Heaviside.Tests.Models;

/// <summary>Models of the catalogue as settings describe them, without data.</summary>
internal static class CatalogModels
{
    /// <summary>The names of those that are for images.</summary>
    internal static IEnumerable<string> OfImages => ModelCatalog.All.Where(m => m.Is<LatentVariableModel>()).Select(m => m.Name);

    internal static LatentVariableModel Create(this ModelEntry entry, Settings settings, ModelInput input) => entry.OfImages!(input, settings.Fill(entry.NewOptions()));
}
