namespace Heaviside.Data;

/// <summary>Examples side by side: arrays of <c>float</c> or <c>long</c> by name, each <c>[Count, shape of one example]</c>.</summary>
/// <example><code>var table = new NamedArrays(count: 100).With("features", features, 13).With("target", targets);</code></example>
public sealed class NamedArrays
{
    private readonly List<(string Name, int[] Shape, Array Values)> arrays = [];

    /// <summary>No arrays yet, of so many examples.</summary>
    /// <param name="count">At least 1.</param>
    public NamedArrays(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
    }

    /// <summary>How many examples there are.</summary>
    public int Count { get; }

    /// <summary>What the arrays are called, in the order in which they came.</summary>
    public IReadOnlyList<string> Names => [.. arrays.Select(a => a.Name)];

    /// <summary>Adds numbers, which are not copied.</summary>
    /// <param name="name">A name that is not there yet.</param>
    /// <param name="values">The numbers, <c>[Count, shape]</c>.</param>
    /// <param name="shape">The shape of one example; nothing: one number.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">The name is there, or the numbers are too few or too many.</exception>
    public NamedArrays With(string name, float[] values, params ReadOnlySpan<int> shape) => Add(name, values, shape);

    /// <inheritdoc cref="With(string, float[], ReadOnlySpan{int})"/>
    public NamedArrays With(string name, long[] values, params ReadOnlySpan<int> shape) => Add(name, values, shape);

    /// <summary>Whether there is an array of a name.</summary>
    public bool Has(string name) => arrays.Exists(a => a.Name == name);

    /// <summary>The shape of one example in an array.</summary>
    /// <exception cref="InputException">There is no such array.</exception>
    public IReadOnlyList<int> Shape(string name) => Find(name).Shape;

    /// <summary>The numbers of an array, <c>[Count, shape]</c>.</summary>
    /// <typeparam name="T">Their type, <c>float</c> or <c>long</c>.</typeparam>
    /// <exception cref="InputException">There is no such array, or it has another type.</exception>
    public ReadOnlySpan<T> Values<T>(string name) =>
        Find(name).Values is T[] values ? values : throw new InputException($"'{name}' of the data is of {(typeof(T) == typeof(long) ? "numbers with a fraction" : "whole numbers")}, expected the other kind");

    /// <summary>The same examples, one at a time.</summary>
    public Examples ToExamples() => new(Count, [.. arrays.Select(Field)]);

    /// <summary>Arrays for examples that are written into them.</summary>
    internal static NamedArrays For(IReadOnlyList<Field> fields, int count)
    {
        var arrays = new NamedArrays(count);
        foreach (var field in fields) arrays.Add(field.Name, field.Allocate(count), [.. field.Shape]);
        return arrays;
    }

    /// <summary>Writes an example of fields, those that these arrays were made for, to a place.</summary>
    internal void Write(IReadOnlyList<Field> fields, int place, int example, ulong seed, int epoch)
    {
        for (var f = 0; f < fields.Count; f++) fields[f].Write(arrays[f].Values, place, example, seed, epoch);
    }

    /// <summary>A copy of an array, <c>[Count, shape]</c>, on a device.</summary>
    internal Tensor ToTensor(string name, Device device)
    {
        var (_, shape, values) = Find(name);
        long[] whole = [Count, .. shape];
        return values is float[] floats ? floats.ToTensor(whole, device) : ((long[])values).ToTensor(whole, device);
    }

    private NamedArrays Add(string name, Array values, ReadOnlySpan<int> shape)
    {
        var expected = shape.ToArray().Aggregate((long)Count, (product, size) => checked(product * size));
        if (values.LongLength != expected)
            throw new ArgumentException($"{name}: expected {expected} numbers, [{string.Join(", ", [Count, .. shape])}], got {values.LongLength}", nameof(values));
        if (Has(name)) throw new ArgumentException($"there is a '{name}' already", nameof(name));
        arrays.Add((name, shape.ToArray(), values));
        return this;
    }

    private (string Name, int[] Shape, Array Values) Find(string name) => arrays.Find(a => a.Name == name) is { Name: not null } found
        ? found
        : throw new InputException($"the data have no '{name}': they have {string.Join(", ", Names)}");

    private static Field Field((string Name, int[] Shape, Array Values) array)
    {
        static FieldWriter<T> Rows<T>(T[] from) => (example, _, _, values) => from.AsSpan(example * values.Length, values.Length).CopyTo(values);
        return array.Values is float[] floats ? new(array.Name, array.Shape, Rows(floats)) : new Field(array.Name, array.Shape, Rows((long[])array.Values));
    }
}
