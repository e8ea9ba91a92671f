using Heaviside.Configuration;

namespace Heaviside.Models;

/// <summary>A model in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on what it is.</param>
/// <param name="Create">Makes one from settings, for given data.</param>
public sealed record ModelEntry(string Name, string Summary, Func<Settings, ModelInput, LatentVariableModel> Create) : ICatalogEntry
{
    /// <summary>Whether a gradient estimator trains it (<see cref="DiscreteLatentModel"/>); default true.</summary>
    public bool NeedsEstimator { get; init; } = true;

    /// <summary>An entry whose model has options, declared with <see cref="OptionAttribute"/>: recipes, help and documentation know them without a model.</summary>
    /// <typeparam name="TOptions">Has the options as init properties, with their defaults.</typeparam>
    public static ModelEntry Of<TOptions>(string name, string summary, Func<ModelInput, TOptions, LatentVariableModel> create)
        where TOptions : class, new() =>
        new(name, summary, (settings, input) => create(input, settings.Fill(new TOptions())));
}
