
namespace Heaviside.Structured;

/// <summary>Every argmax oracle by its name: those of this library, and what programs and other packages <see cref="Add"/>.</summary>
public static class ArgmaxOracleCatalog
{
    private static readonly Lock Adding = new();

    // Names that a recipe may have and that are not in the catalogue of every program.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["cbc"] = "the argmax oracle 'cbc' is gone: write 'cp-sat', which takes the same scores",
        ["cp-sat"] = "the argmax oracle 'cp-sat' is in the package Heaviside.OrTools: the program that wants it calls OrToolsOracles.Register() at its start",
    };

    // Replaced as a whole, so that whoever reads it sees all of it.
    private static volatile IReadOnlyList<ArgmaxOracleEntry> all =
    [
        new("independent", "free bits, no scores of pairs", "exact", () => new IndependentBits()),
        new("exhaustive", "free bits, any scores of pairs, up to 22 bits", "exact", () => new ExhaustiveSearch()),
        new("branch-and-bound", "free bits, any scores of pairs, up to 64 bits", "AAAI-96", () => new BranchAndBound()),
        new("max-flow", "free bits, scores of pairs at least 0, any number", "doi:10.1109/TPAMI.2004.1262177", () => new MaxFlow()),
        new("top-k", "exactly k ones, no scores of pairs", "exact", () => new TopK()),
        new("spanning-tree", "edges of a spanning tree, no scores of pairs", "doi:10.1090/S0002-9939-1956-0078686-7", () => new SpanningTree()),
        new("permutation", "permutation matrices, no scores of pairs", "doi:10.1002/nav.3800020109", () => new Permutation()),
    ];

    /// <summary>All oracles: those of the library first, then those that were added, in that order.</summary>
    public static IReadOnlyList<ArgmaxOracleEntry> All => all;

    /// <summary>All names, in the catalogue's order.</summary>
    public static IReadOnlyList<string> Names => [.. all.Select(e => e.Name)];

    /// <summary>Adds an oracle, which recipes, help and tables then know by its name; at the start of a program, from any thread.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static void Add(ArgmaxOracleEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (Adding)
        {
            if (all.Any(e => e.Name == entry.Name)) throw new ArgumentException($"there is an argmax oracle '{entry.Name}' already", nameof(entry));
            all = [.. all, entry];
        }
    }

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message suggests the nearest.</exception>
    public static ArgmaxOracleEntry Find(string name) =>
        all.FirstOrDefault(e => e.Name == name)
        ?? throw (Known.TryGetValue(name, out var advice) ? new InputException(advice) : Suggestion.Unknown("argmax oracle", name, Names));
}
