namespace Heaviside.Data.Readers;

/// <summary>An array of a NumPy file.</summary>
/// <param name="Name">What errors call it: its file, and its name in there.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its elements, the last dimension fastest: <c>byte[]</c> for unsigned bytes and truth values (0 or 1), <c>long[]</c> for
/// other whole numbers, <c>float[]</c> for numbers with a fraction.</param>
public sealed record NumpyArray(string Name, IReadOnlyList<int> Shape, Array Values)
{
    /// <summary>The elements as numbers with a fraction.</summary>
    internal float[] ToFloats() => Values switch
    {
        float[] floats => floats,
        long[] longs => Array.ConvertAll(longs, l => (float)l),
        _ => Array.ConvertAll((byte[])Values, b => (float)b),
    };

    /// <summary>The shape as NumPy writes it.</summary>
    internal string ShapeText => $"({string.Join(", ", Shape)}{(Shape.Count == 1 ? "," : "")})";

    /// <summary>An error that names the array.</summary>
    internal InputException Error(string reason) => new($"{Name}: {reason}");
}
