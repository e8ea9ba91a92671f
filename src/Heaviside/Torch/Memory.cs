using System.Runtime.InteropServices;

namespace Heaviside.Torch;

/// <summary>The elements of tensors as memory.</summary>
internal static class Memory
{
    /// <summary>The elements in place, in row-major order.</summary>
    /// <remarks>Valid while the tensor is alive and not resized: keep a reference to it as long as the span is used.</remarks>
    /// <exception cref="InvalidOperationException">The tensor is not in CPU memory, not contiguous, or its elements are no <typeparamref name="T"/>.</exception>
    internal static Span<T> AsSpan<T>(this Tensor tensor)
        where T : unmanaged
    {
        if (tensor.device_type != DeviceType.CPU) throw new InvalidOperationException($"AsSpan: the tensor is on {tensor.device}; copy it with cpu() first");
        if (!tensor.is_contiguous()) throw new InvalidOperationException("AsSpan: the tensor is not contiguous; copy it with contiguous() first");
        if (tensor.dtype != TypeOf<T>()) throw new InvalidOperationException($"AsSpan: the elements are {tensor.dtype}, not {typeof(T).Name}");
        return MemoryMarshal.Cast<byte, T>(tensor.bytes);
    }

    /// <summary>A copy of the elements in row-major order, from any device.</summary>
    /// <exception cref="InvalidOperationException">The elements are no <typeparamref name="T"/>.</exception>
    internal static T[] ToArray<T>(this Tensor tensor)
        where T : unmanaged
    {
        using var scope = torch.NewDisposeScope();
        var near = tensor.cpu().contiguous();
        var result = near.AsSpan<T>().ToArray();
        GC.KeepAlive(near);
        return result;
    }

    /// <summary>The only element of a tensor of numbers of any type.</summary>
    internal static double Number(this Tensor tensor)
    {
        if (tensor.dtype == ScalarType.Float64) return tensor.item<double>();
        using var wide = tensor.detach().to(ScalarType.Float64);
        return wide.item<double>();
    }

    /// <summary>A tensor that holds a copy of numbers.</summary>
    internal static Tensor ToTensor<T>(this ReadOnlySpan<T> data, ReadOnlySpan<long> shape, Device? device = null)
        where T : unmanaged
    {
        var result = torch.empty(shape, TypeOf<T>());
        data.CopyTo(result.AsSpan<T>());
        if (device is null || device.type == DeviceType.CPU) return result;
        using (result) return result.to(device);
    }

    /// <inheritdoc cref="ToTensor{T}(ReadOnlySpan{T}, ReadOnlySpan{long}, Device?)"/>
    internal static Tensor ToTensor<T>(this T[] data, ReadOnlySpan<long> shape, Device? device = null)
        where T : unmanaged =>
        ((ReadOnlySpan<T>)data).ToTensor(shape, device);

    /// <summary>libtorch's name of a type of numbers.</summary>
    internal static ScalarType TypeOf<T>() =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(byte) ? ScalarType.Byte
        : typeof(T) == typeof(bool) ? ScalarType.Bool
        : throw new NotSupportedException($"tensors of {typeof(T).Name} are not supported");
}
