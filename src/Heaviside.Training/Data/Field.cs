namespace Heaviside.Data;

/// <summary>A named part of every example, such as its pixels or its label.</summary>
public sealed class Field
{
    private readonly Delegate write;

    /// <summary>A field of numbers with a fraction.</summary>
    /// <param name="name">What it is called in batches.</param>
    /// <param name="shape">The shape of one example; empty: one number.</param>
    /// <param name="write">Writes one example.</param>
    public Field(string name, IReadOnlyList<int> shape, FieldWriter<float> write)
        : this(name, shape, (Delegate)write) { }

    /// <summary>A field of whole numbers.</summary>
    /// <inheritdoc cref="Field(string, IReadOnlyList{int}, FieldWriter{float})"/>
    public Field(string name, IReadOnlyList<int> shape, FieldWriter<long> write)
        : this(name, shape, (Delegate)write) { }

    private Field(string name, IReadOnlyList<int> shape, Delegate write) =>
        (Name, Shape, Size, this.write) = (name, shape, shape.Aggregate(1, (product, size) => checked(product * size)), write);

    /// <summary>What it is called in batches.</summary>
    public string Name { get; }

    /// <summary>The shape of one example; empty: one number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>How many numbers an example has.</summary>
    public int Size { get; }

    /// <summary>Whether its numbers are whole, <c>long</c> and not <c>float</c>.</summary>
    public bool IsWhole => write is FieldWriter<long>;

    internal Array Allocate(int count) => write is FieldWriter<float> ? new float[checked(count * Size)] : new long[checked(count * Size)];

    /// <summary>Writes an example to a place of an array that <see cref="Allocate"/> made.</summary>
    internal void Write(Array values, int place, int example, ulong seed, int epoch)
    {
        if (write is FieldWriter<float> floats) floats(example, seed, epoch, ((float[])values).AsSpan(place * Size, Size));
        else ((FieldWriter<long>)write)(example, seed, epoch, ((long[])values).AsSpan(place * Size, Size));
    }

    /// <summary>The field of some examples only.</summary>
    internal Field Only(IReadOnlyList<int> examples) => write is FieldWriter<float> floats
        ? new(Name, Shape, (i, seed, epoch, values) => floats(examples[i], seed, epoch, values))
        : new Field(Name, Shape, (int i, ulong seed, int epoch, Span<long> values) => ((FieldWriter<long>)write)(examples[i], seed, epoch, values));
}
