using System.Runtime.Intrinsics;
using Heaviside.Torch;

namespace Heaviside.Kernels;

/// <summary>When the loops of this folder apply, and what they share.</summary>
internal static class Fast
{
    /// <summary>Whether a tensor's elements can be looped over: 32-bit floats in CPU memory. Everything else takes torch's operators.</summary>
    internal static bool CanLoop(Tensor t) => t.dtype == ScalarType.Float32 && t.device.Type == DeviceType.CPU;

    /// <summary>The elements in row-major order; a copy, which the current dispose scope owns, only if they do not lie so.</summary>
    internal static ReadOnlySpan<float> Read(Tensor t) => (t.is_contiguous() ? t : t.contiguous()).AsSpan<float>();

    /// <summary>A new tensor to be filled.</summary>
    internal static Tensor New(Longs shape) => torch.empty(shape, ScalarType.Float32);

    /// <summary>y = map(x) for all elements, eight at a time.</summary>
    internal static void Map<TMap>(ReadOnlySpan<float> x, Span<float> y, TMap map)
        where TMap : struct, IMap
    {
        var i = 0;
        for (; i <= x.Length - 8; i += 8) map.Of(Vector256.Create(x[i..])).CopyTo(y[i..]);
        if (i == x.Length) return;
        Span<float> rest = stackalloc float[8];
        x[i..].CopyTo(rest);
        map.Of(Vector256.Create<float>(rest)).CopyTo(rest);
        rest[..(x.Length - i)].CopyTo(y[i..]);
    }
}
