namespace Heaviside.Structured;

/// <summary>Which vertices of a graph are connected: union by halving of paths.</summary>
internal sealed class Forest(int vertices)
{
    private readonly int[] parent = new int[vertices];

    /// <summary>Takes all edges away.</summary>
    internal void Clear()
    {
        for (var v = 0; v < parent.Length; v++) parent[v] = v;
    }

    /// <summary>Adds an edge unless it would close a cycle; says whether it did.</summary>
    internal bool Join(int a, int b)
    {
        var (first, second) = (Root(a), Root(b));
        parent[first] = second;
        return first != second;
    }

    /// <summary>Whether two vertices are connected.</summary>
    internal bool AreJoined(int a, int b) => Root(a) == Root(b);

    private int Root(int v)
    {
        while (parent[v] != v) v = parent[v] = parent[parent[v]];
        return v;
    }
}
