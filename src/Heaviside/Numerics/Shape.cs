using System.Runtime.CompilerServices;

namespace Heaviside.Numerics;

/// <summary>Shape checks, so that nothing broadcasts by accident.</summary>
internal static class Shape
{
    /// <summary>A shape without negative sizes, at which libtorch's random operators end the process.</summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    internal static long[] NotNegative(ReadOnlySpan<long> shape, [CallerArgumentExpression(nameof(shape))] string name = "")
    {
        foreach (var size in shape)
            if (size < 0) throw new ArgumentException($"{name}: expected sizes of 0 or more, got [{string.Join(", ", shape.ToArray())}]", name);
        return shape.ToArray();
    }

    /// <summary>Requires the last dimensions to be <paramref name="expected"/>.</summary>
    internal static void RequireSuffix(Tensor t, long[] expected, [CallerArgumentExpression(nameof(t))] string name = "")
    {
        var actual = t.shape;
        if (actual.Length < expected.Length || !actual.AsSpan(^expected.Length..).SequenceEqual(expected))
            throw new ArgumentException($"{name}: expected shape [..., {string.Join(", ", expected)}], got [{string.Join(", ", actual)}]", name);
    }

    /// <summary>Requires exactly the shape <paramref name="expected"/>; -1 stands for any size.</summary>
    internal static void Require(Tensor t, long[] expected, [CallerArgumentExpression(nameof(t))] string name = "")
    {
        var actual = t.shape;
        if (actual.Length != expected.Length || actual.Zip(expected).Any(s => s.Second >= 0 && s.First != s.Second))
            throw new ArgumentException($"{name}: expected shape [{string.Join(", ", expected.Select(s => s < 0 ? "?" : $"{s}"))}], got [{string.Join(", ", actual)}]", name);
    }

    /// <summary>Requires the dimensions of points <c>[P, B, ...]</c>, P of each of B examples.</summary>
    internal static void RequirePoints(Tensor points, [CallerArgumentExpression(nameof(points))] string name = "")
    {
        if (points.dim() < 2) throw new ArgumentException($"{name}: expected shape [P, B, ...] of P points of each of B examples, got [{string.Join(", ", points.shape)}]", name);
    }

    /// <summary>The second of two tensors, which must have the shape of the first.</summary>
    internal static Tensor Same(Tensor a, Tensor b, [CallerArgumentExpression(nameof(b))] string name = "")
    {
        Require(b, a.shape, name);
        return b;
    }

    /// <summary>How many elements a tensor of such a shape has.</summary>
    internal static long Elements(ReadOnlySpan<long> shape)
    {
        var product = 1L;
        foreach (var size in shape) product *= size;
        return product;
    }

    /// <summary>Sums the last <paramref name="dimensions"/> dimensions.</summary>
    internal static Tensor SumLast(Tensor t, int dimensions) =>
        dimensions == 0 ? t : t.sum(Enumerable.Range(1, dimensions).Select(i => -(long)i).ToArray());

    /// <summary>Sums the leading dimensions that a tensor has more than another, along which that one was repeated.</summary>
    internal static Tensor SumTo(Tensor t, Tensor like) =>
        t.dim() == like.dim() ? t : t.sum(Enumerable.Range(0, (int)(t.dim() - like.dim())).Select(i => (long)i).ToArray());
}
