namespace Heaviside.Data;

/// <summary>Trajectories of objects whose interactions are to be found: batches have <see cref="Trajectories"/>, <see cref="Edges"/> and, in the test alone, <see cref="Future"/>.</summary>
/// <remarks>Features are scaled to [-1, 1] by the least and the largest value in the training part; those of the other parts can lie outside. The frames of
/// <see cref="Trajectories"/> are as many in every part, so that what is learned from one part applies to the others.</remarks>
public sealed class TrajectoryData : StoredData
{
    /// <summary>The name of the features of all objects in all frames, <c>[T, n, D]</c>.</summary>
    public const string Trajectories = "trajectories";

    /// <summary>The name of the frames that come after those of <see cref="Trajectories"/>, <c>[T', n, D]</c>: to predict, never to learn from.</summary>
    public const string Future = "future";

    /// <summary>The name of the types of ordered pairs of objects, from 0, <c>[n(n-1)]</c>: row by row over (receiver, sender), (0, 1), (0, 2), ..., (1, 0), (1, 2), ....</summary>
    public const string Edges = "edges";

    private readonly Examples[] parts;
    private readonly IReadOnlyList<(string Name, string Value)> facts;

    internal TrajectoryData(string name, string source, IReadOnlyList<Examples> parts, IReadOnlyList<(string Name, string Value)> facts) =>
        (Name, Source, this.parts, this.facts) = (name, source, [.. parts], facts);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Source { get; }

    /// <inheritdoc/>
    public override string Unit => "trajectories";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Facts => facts;

    /// <summary>How many frames <see cref="Trajectories"/> have, T.</summary>
    public int Frames => Shape(Trajectories)[0];

    /// <summary>How many frames <see cref="Future"/> has, T'; 0: there are none.</summary>
    public int FutureFrames => parts[(int)Split.Test].Fields.FirstOrDefault(f => f.Name == Future)?.Shape[0] ?? 0;

    /// <summary>How many objects there are, n.</summary>
    public int Objects => Shape(Trajectories)[1];

    /// <summary>What the features of an object are called, D of them.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>What became -1 and 1 of each feature: the least and the largest value in the training part of those that are scaled together.</summary>
    public required IReadOnlyList<(double Least, double Largest)> Ranges { get; init; }

    /// <summary>How many types of edges there are: 2, of which 0 is that there is none or, of charges, that they attract each other.</summary>
    public int EdgeTypes => 2;

    /// <summary>Whether the type of (i, j) is always that of (j, i).</summary>
    public required bool IsSymmetric { get; init; }

    /// <inheritdoc/>
    public override Examples Examples(Split split) => parts[(int)split];

    private IReadOnlyList<int> Shape(string field) => parts[0].Fields.First(f => f.Name == field).Shape;
}
