using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>When the loops of this folder apply, and what they share.</summary>
internal static class Fast
{
    /// <summary>Whether a tensor's elements can be looped over: rows of 32-bit floats in CPU memory. Everything else takes torch's operators,
    /// single numbers and tensors without an element among them.</summary>
    internal static bool CanLoop(Tensor t) => t.dtype == ScalarType.Float32 && t.device.type == DeviceType.CPU && t.dim() > 0 && t.numel() > 0;

    /// <summary>The elements in row-major order; a copy, which the current dispose scope owns, only if they do not lie so.</summary>
    internal static ReadOnlySpan<float> Read(Tensor t) => (t.is_contiguous() ? t : t.contiguous()).AsSpan<float>();

    /// <summary>A new tensor to be filled.</summary>
    internal static Tensor New(ReadOnlySpan<long> shape) => torch.empty(shape, ScalarType.Float32);

    /// <summary>Does what there is to do for each row, in parts that threads may share.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="numbers">How many numbers each takes.</param>
    /// <param name="loop">What there is to do; nothing that it writes may depend on another row.</param>
    internal static void ForRows(int rows, int numbers, Action<int> loop)
    {
        const int Grain = 1 << 15; // numbers, some ten microseconds of work
        var size = Math.Max(1, Grain / Math.Max(1, numbers));
        Team.Run((rows + size - 1) / size, part =>
        {
            for (var row = part * size; row < Math.Min((part + 1) * size, rows); row++) loop(row);
        });
    }

    /// <summary>A new tensor of numbers of a stream.</summary>
    internal static Tensor Draw<TNoise>(ReadOnlySpan<long> shape, TNoise stream)
        where TNoise : struct, INoise
    {
        var result = New(shape);
        var left = result.AsSpan<float>();
        for (; left.Length >= 8; left = left[8..]) stream.Next().CopyTo(left);
        if (left.IsEmpty) return result;
        Span<float> rest = stackalloc float[8];
        stream.Next().CopyTo(rest);
        rest[..left.Length].CopyTo(left);
        return result;
    }
}
