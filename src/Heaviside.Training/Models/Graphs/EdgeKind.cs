namespace Heaviside.Models.Graphs;

/// <summary>What the edges are.</summary>
public enum EdgeKind
{
    /// <summary>Each ordered pair of objects has a type of its own.</summary>
    Categories,

    /// <summary>The spanning tree with the largest sum of scores and Gumbel noise.</summary>
    Tree,

    /// <summary>The n - 1 edges with the largest scores and Gumbel noise, as many as a tree has.</summary>
    TopK,

    /// <summary>A spanning tree with a probability proportional to the exponential of its sum of scores.</summary>
    GibbsTree,

    /// <summary>n - 1 edges with such a probability.</summary>
    GibbsTopK,
}
