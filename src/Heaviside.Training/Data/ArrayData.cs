namespace Heaviside.Data;

/// <summary>Examples in memory, with fields of any names and shapes.</summary>
/// <example><code>
/// var table = new NamedArrays(count: 500).With("features", features, 13).With("target", prices);
/// var data = new ArrayData("prices", "made by hand", table, new RandomSplit { Seed = 2 });
/// </code></example>
public sealed class ArrayData : StoredData
{
    /// <summary>What tables that are read from files call the numbers to predict from, <c>[D]</c>.</summary>
    public const string Features = "features";

    /// <summary>What tables that are read from files call the number or the class to predict.</summary>
    public const string Target = "target";

    private readonly Examples[] parts;
    private readonly IReadOnlyList<(string Name, string Value)> facts;

    /// <summary>Examples that are split already.</summary>
    /// <param name="name">A short name.</param>
    /// <param name="source">Where they come from, in words.</param>
    /// <param name="train">The examples to learn from.</param>
    /// <param name="validation">The examples to choose settings and the best model by.</param>
    /// <param name="test">The examples to report results on.</param>
    /// <param name="facts">What every result must be read with; nothing by default.</param>
    /// <exception cref="ArgumentException">The parts have different fields.</exception>
    public ArrayData(string name, string source, Examples train, Examples validation, Examples test, params IReadOnlyList<(string Name, string Value)> facts)
    {
        (Name, Source, parts, this.facts) = (name, source, [train, validation, test], facts);
        foreach (var part in parts)
            if (Fields(part) != Fields(train)) throw new ArgumentException($"expected the fields {Fields(train)} in every part, got {Fields(part)}");
    }

    /// <summary>Examples that are split here.</summary>
    /// <param name="name">A short name.</param>
    /// <param name="source">Where they come from, in words; the split is added.</param>
    /// <param name="all">The examples.</param>
    /// <param name="split">How they are split; by default a tenth is for validation and a tenth for the test.</param>
    /// <exception cref="InputException">They are too few to be split.</exception>
    public ArrayData(string name, string source, NamedArrays all, RandomSplit? split = null)
        : this(name, source, all, (split ?? new()).Of(all.Count)) { }

    internal ArrayData(string name, string source, NamedArrays all, Partition partition, params IReadOnlyList<(string Name, string Value)> facts)
        : this(name, $"{source}; {partition}", Part(all, partition.Train), Part(all, partition.Validation), Part(all, partition.Test), facts) { }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Source { get; }

    /// <inheritdoc/>
    public override string Unit => "rows";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Facts => facts;

    /// <summary>What the columns of <see cref="Features"/> are called; none where they have no names.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <inheritdoc/>
    public override Examples Examples(Split split) => parts[(int)split];

    private static Examples Part(NamedArrays all, IReadOnlyList<int> members) => all.ToExamples().Only(members);

    private static string Fields(Examples part) => string.Join(", ", part.Fields.Select(f => $"{f.Name} [{string.Join(", ", f.Shape)}] of {(f.IsWhole ? "whole numbers" : "numbers")}"));
}
