using System.Collections;

namespace Heaviside.Configuration;

/// <summary>What is known by name: those of this library first, then those that programs and other packages <see cref="Add"/>, in that order.</summary>
/// <remarks>Recipes, the command line, help, tests and tables read catalogues, so that an added entry has all that the library's own have.</remarks>
/// <example><code>EstimatorCatalog.All.Add(new("mine", "score function, clipped", LatentKinds.Any, "S", "none", () => new MyEstimator()));</code></example>
/// <typeparam name="T">The type of its lines.</typeparam>
public sealed class Catalog<T> : IReadOnlyList<T>
    where T : ICatalogEntry
{
    private readonly Lock adding = new();
    private readonly string kind;
    private readonly IReadOnlyDictionary<string, string> advice;
    private volatile IReadOnlyList<T> entries; // replaced as a whole, so that whoever reads it sees all of it

    /// <summary>A catalogue.</summary>
    /// <param name="kind">What is in it, in the singular, as errors say it: "estimator".</param>
    /// <param name="entries">The library's own.</param>
    /// <param name="advice">What to do about names that are not in every program's catalogue, by name; none by default.</param>
    public Catalog(string kind, IReadOnlyList<T> entries, IReadOnlyDictionary<string, string>? advice = null) =>
        (this.kind, this.entries, this.advice) = (kind, entries, advice ?? new Dictionary<string, string>());

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> Names => [.. entries.Select(e => e.Name)];

    /// <inheritdoc/>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public T this[int index] => entries[index];

    /// <summary>Adds an entry; at the start of a program, from any thread.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(T entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (adding)
        {
            if (entries.Any(e => e.Name == entry.Name)) throw new ArgumentException($"there is an entry '{entry.Name}' already, of the kind: {kind}", nameof(entry));
            entries = [.. entries, entry];
        }
    }

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message suggests the nearest.</exception>
    public T Find(string name) => entries.FirstOrDefault(e => e.Name == name)
        ?? throw (advice.TryGetValue(name, out var what) ? new InputException(what) : Suggestion.Unknown(kind, name, Names));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
