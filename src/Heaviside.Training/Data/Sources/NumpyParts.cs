using Heaviside.Data.Readers;

namespace Heaviside.Data.Sources;

/// <summary>Parts of data that come as arrays of their own.</summary>
internal static class NumpyParts
{
    /// <summary>One array with the examples of all, which must be of one shape.</summary>
    public static NumpyArray Join(IReadOnlyList<NumpyArray> parts)
    {
        var first = parts[0];
        if (parts.Count == 1) return first;
        foreach (var part in parts)
            if (!part.Shape.Skip(1).SequenceEqual(first.Shape.Skip(1))) throw part.Error($"has the shape {part.ShapeText}, which does not go with {first.ShapeText} of the examples to train on");
        if (parts.Sum(p => (long)p.Values.Length) > Array.MaxLength) throw first.Error("is more than fits, together with the other parts");
        Array values = parts.All(p => p.Values is byte[]) ? (byte[])[.. parts.SelectMany(p => (byte[])p.Values)]
            : parts.All(p => p.Values is long[]) ? (long[])[.. parts.SelectMany(p => (long[])p.Values)]
            : (float[])[.. parts.SelectMany(p => p.ToFloats())];
        return new(first.Name, [parts.Sum(p => p.Shape[0]), .. first.Shape.Skip(1)], values);
    }

    /// <summary>The numbers, all of them finite.</summary>
    public static float[] Finite(NumpyArray array)
    {
        var values = array.ToFloats();
        var wrong = Array.FindIndex(values, v => !float.IsFinite(v));
        return wrong < 0 ? values : throw array.Error($"row {wrong / (values.Length / array.Shape[0])} has a value of {values[wrong]}: leave out such rows");
    }
}
