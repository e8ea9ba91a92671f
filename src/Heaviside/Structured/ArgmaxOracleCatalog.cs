using Heaviside.Configuration;

namespace Heaviside.Structured;

/// <summary>Every argmax oracle: a new one is one file and one entry here.</summary>
public static class ArgmaxOracleCatalog
{
    /// <summary>All oracles.</summary>
    public static IReadOnlyList<ArgmaxOracleEntry> All { get; } =
    [
        new("independent", "free bits, no scores of pairs", "exact", _ => new IndependentBits()),
        new("exhaustive", "free bits, any scores of pairs, up to 22 bits", "exact", _ => new ExhaustiveSearch()),
        new("branch-and-bound", "free bits, any scores of pairs, up to 64 bits", "AAAI-96", _ => new BranchAndBound()),
        new("max-flow", "free bits, scores of pairs at least 0, any number", "doi:10.1109/TPAMI.2004.1262177", _ => new MaxFlow()),
        new("cbc", "free bits, any scores of pairs, any number, by COIN-OR cbc", "doi:10.1287/opre.22.1.180", _ => new IntegerProgram()),
        new("top-k", "exactly k ones, no scores of pairs", "exact", s => new TopK { Ones = s.Int("ones", 1, 1, int.MaxValue, "the number of ones k") }),
        new("spanning-tree", "edges of a spanning tree, no scores of pairs", "doi:10.1090/S0002-9939-1956-0078686-7", _ => new SpanningTree()),
        new("permutation", "permutation matrices, no scores of pairs", "doi:10.1002/nav.3800020109", _ => new Permutation()),
    ];

    /// <summary>All names, in the catalogue's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message suggests the nearest.</exception>
    public static ArgmaxOracleEntry Find(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw Suggestion.Unknown("argmax oracle", name, Names);
}
