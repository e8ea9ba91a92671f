namespace Heaviside.Torch;

/// <summary>The checks that layers and losses make of what they are given; each failure is one line.</summary>
internal static class Argument
{
    /// <summary>The value, if it is not too small.</summary>
    internal static long AtLeast(long minimum, long value, string name) =>
        value >= minimum ? value : throw new ArgumentException($"{name}: expected at least {minimum}, got {value}");

    /// <summary>Height and width: one number stands for both, none for the default.</summary>
    internal static long[] Pair(Longs given, long minimum, string name, long fallback = 1)
    {
        long[] pair = given.ToArray() switch
        {
            [] => [fallback, fallback],
            [var both] => [both, both],
            [var height, var width] => [height, width],
            var more => throw new ArgumentException($"{name}: expected one or two numbers, got {more.Length}"),
        };
        foreach (var value in pair) AtLeast(minimum, value, name);
        return pair;
    }

    /// <summary>A probability.</summary>
    internal static double Probability(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentException($"{name}: expected a probability in [0, 1], got {value}");

    /// <summary>What to throw about a tensor of the wrong shape.</summary>
    internal static ArgumentException Shape(string name, string expected, Tensor actual) =>
        new($"{name}: expected shape {expected}, got [{string.Join(", ", actual.shape)}]");

    /// <summary>Requires two tensors of one shape, where libtorch would broadcast.</summary>
    internal static void SameShape(Tensor input, Tensor target)
    {
        var shape = input.shape;
        if (!shape.AsSpan().SequenceEqual(target.shape)) throw Shape(nameof(target), $"[{string.Join(", ", shape)}], as the input", target);
    }
}
