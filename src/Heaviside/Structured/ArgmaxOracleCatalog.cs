using Heaviside.Configuration;

namespace Heaviside.Structured;

/// <summary>Every argmax oracle by its name: those of this library, and what programs and other packages add.</summary>
public static class ArgmaxOracleCatalog
{
    /// <summary>All oracles.</summary>
    public static Catalog<ArgmaxOracleEntry> All { get; } = new("argmax oracle",
    [
        new("independent", "free bits, no scores of pairs", "exact", () => new IndependentBits()),
        new("exhaustive", "free bits, any scores of pairs, up to 22 bits", "exact", () => new ExhaustiveSearch()),
        new("branch-and-bound", "free bits, any scores of pairs, up to 64 bits", "AAAI-96", () => new BranchAndBound()),
        new("max-flow", "free bits, scores of pairs at least 0, any number", "doi:10.1109/TPAMI.2004.1262177", () => new MaxFlow()),
        new("top-k", "exactly k ones, no scores of pairs", "exact", () => new TopK()),
        new("spanning-tree", "edges of a spanning tree, no scores of pairs", "doi:10.1090/S0002-9939-1956-0078686-7", () => new SpanningTree()),
        new("permutation", "permutation matrices, no scores of pairs", "doi:10.1002/nav.3800020109", () => new Permutation()),
    ],
    new Dictionary<string, string>
    {
        ["cbc"] = "the argmax oracle 'cbc' is gone: write 'cp-sat', which takes the same scores",
        ["cp-sat"] = "the argmax oracle 'cp-sat' is in the package Heaviside.OrTools: the program that wants it calls OrToolsOracles.Register() at its start",
    });
}
