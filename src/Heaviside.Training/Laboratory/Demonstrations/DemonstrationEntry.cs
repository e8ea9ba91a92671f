using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A demonstration in the catalogue.</summary>
public sealed class DemonstrationEntry : ICatalogEntry
{
    private readonly Func<object, Demonstration> create;

    private DemonstrationEntry(string name, string summary, Func<object> newOptions, Func<object, Demonstration> create, IReadOnlyList<ILabRow> rows) =>
        (Name, Summary, NewOptions, this.create, Rows) = (name, summary, newOptions, create, rows);

    /// <summary>Its name in kebab case, as studies and the command line write it.</summary>
    public string Name { get; }

    /// <summary>One line on what it shows.</summary>
    public string Summary { get; }

    /// <summary>Makes its options, as they are by default.</summary>
    public Func<object> NewOptions { get; }

    /// <summary>A row of each kind that it reports, with any values.</summary>
    internal IReadOnlyList<ILabRow> Rows { get; }

    /// <summary>An entry.</summary>
    /// <typeparam name="TOptions">Has the options as init properties.</typeparam>
    /// <param name="name">Its name in kebab case.</param>
    /// <param name="summary">One line on what it shows.</param>
    /// <param name="create">Makes one.</param>
    /// <param name="rows">A row of each kind that it reports, with any values.</param>
    public static DemonstrationEntry Of<TOptions>(string name, string summary, Func<TOptions, Demonstration> create, IReadOnlyList<ILabRow> rows)
        where TOptions : class, new() =>
        new(name, summary, () => new TOptions(), options => create((TOptions)options), rows);

    /// <summary>A demonstration as settings describe it.</summary>
    /// <exception cref="InputException">A setting is wrong.</exception>
    public Demonstration Create(Settings settings) => create(settings.Fill(NewOptions()));
}
