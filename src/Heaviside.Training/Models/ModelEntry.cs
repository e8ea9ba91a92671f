using Heaviside.Configuration;

namespace Heaviside.Models;

/// <summary>A model in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on what it is.</param>
/// <param name="Create">Makes one from settings, for given data.</param>
public sealed record ModelEntry(string Name, string Summary, Func<Settings, ModelInput, LatentVariableModel> Create)
{
    /// <summary>Whether a gradient estimator trains it (<see cref="DiscreteLatentModel"/>); default true.</summary>
    public bool NeedsEstimator { get; init; } = true;
}
