using System.Globalization;
using System.Text;

namespace Heaviside.Torch;

/// <summary>Tensors as text, for debuggers and error messages.</summary>
internal static class TensorFormat
{
    private const int MaxElements = 100;

    internal static string Describe(Tensor t)
    {
        var head = $"Tensor [{string.Join(", ", t.shape)}] {t.dtype}, {t.device}";
        if (t.numel() > MaxElements || t.numel() == 0 || t.dtype is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64) return head;
        using var plain = t.detach();
        using var copy = plain.to(ScalarType.Float64);
        var text = new StringBuilder(head).Append('\n');
        var values = copy.ToArray<double>();
        Append(text, values, t.shape, 0, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, double[] values, long[] shape, int dimension, long offset)
    {
        if (dimension == shape.Length)
        {
            text.Append(values[offset].ToString("G5", CultureInfo.InvariantCulture));
            return;
        }

        var stride = shape[(dimension + 1)..].Aggregate(1L, (a, b) => a * b);
        text.Append('[');
        for (var i = 0L; i < shape[dimension]; i++)
        {
            if (i > 0) text.Append(dimension == shape.Length - 1 ? ", " : ",\n" + new string(' ', dimension + 1));
            Append(text, values, shape, dimension + 1, offset + (i * stride));
        }

        text.Append(']');
    }
}
