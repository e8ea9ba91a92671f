namespace Heaviside.Data;

/// <summary>What batches are cut from: so many examples, each with the same fields.</summary>
public sealed class Examples
{
    /// <summary>Examples that are written when they are asked for.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="fields">Their fields, no name twice.</param>
    public Examples(int count, params IReadOnlyList<Field> fields)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (fields.Count == 0 || fields.DistinctBy(f => f.Name).Count() < fields.Count)
            throw new ArgumentException($"expected different names of fields, one at least, got {string.Join(", ", fields.Select(f => f.Name))}", nameof(fields));
        (Count, Fields) = (count, fields);
    }

    /// <summary>How many there are, at least 1.</summary>
    public int Count { get; }

    /// <summary>What each has.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Some of the examples: what is drawn anew is what it is among all.</summary>
    /// <param name="examples">Their indices, one at least.</param>
    public Examples Only(IReadOnlyList<int> examples) => examples.Count > 0
        ? new(examples.Count, [.. Fields.Select(f => f.Only(examples))])
        : throw new ArgumentException("expected one example at least", nameof(examples));

    /// <summary>Some of the examples, written now for one seed and epoch.</summary>
    internal NamedArrays Take(int count, Func<int, int> example, ulong seed, int epoch, NamedArrays? into = null)
    {
        into ??= NamedArrays.For(Fields, count);
        for (var i = 0; i < count; i++) into.Write(Fields, i, example(i), seed, epoch);
        return into;
    }
}
