using System.Runtime.CompilerServices;
using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>The elements in place, in row-major order.</summary>
    /// <remarks>Valid while the tensor is alive and not resized: keep a reference to it as long as the span is used.</remarks>
    /// <exception cref="InvalidOperationException">The tensor is not in CPU memory, not contiguous, or its elements are no <typeparamref name="T"/>.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
    {
        if (device.Type != DeviceType.CPU) throw new InvalidOperationException($"AsSpan: the tensor is on {device}; copy it with cpu() first");
        if (!is_contiguous()) throw new InvalidOperationException("AsSpan: the tensor is not contiguous; copy it with contiguous() first");
        RequireElement<T>("AsSpan");
        var count = checked((int)numel());
        return count == 0 ? [] : new Span<T>(Native.hv_data(Handle), count);
    }

    /// <summary>A copy of the elements in row-major order, from any device.</summary>
    /// <exception cref="InvalidOperationException">The elements are no <typeparamref name="T"/>.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        RequireElement<T>("ToArray");
        using var near = cpu();
        using var flat = near.contiguous();
        var result = flat.AsSpan<T>().ToArray();
        GC.KeepAlive(flat);
        return result;
    }

    /// <summary>The only element, as the nearest <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public T item<T>()
        where T : unmanaged
    {
        if (numel() != 1) throw new InvalidOperationException($"item: expected one element, got shape [{string.Join(", ", shape)}]");
        var value = _local_scalar_dense();
        return value.Kind switch
        {
            ArgKind.Double => Convert<double, T>(value.Double),
            _ => Convert<long, T>(value.Int),
        };
    }

    /// <summary>The tensor in CPU memory: itself when it is there.</summary>
    public Tensor cpu() => to(torch.CPU);

    /// <summary>A copy on another device, differentiable; the same elements when it is there already.</summary>
    public Tensor to(Device device) => to(null, device, copy: false);

    /// <summary>A copy with elements of another type, differentiable; the same elements when they have that type.</summary>
    public Tensor to(ScalarType type) => to(type, null, copy: false);

    /// <summary>A copy of another type on another device, differentiable; the same elements when both are so already.</summary>
    public Tensor to(ScalarType type, Device device) => to(type, device, copy: false);

    /// <summary>As 32-bit floats.</summary>
    public Tensor @float() => to(ScalarType.Float32);

    /// <summary>As 64-bit floats.</summary>
    public Tensor @double() => to(ScalarType.Float64);

    /// <summary>As 64-bit integers.</summary>
    public Tensor @long() => to(ScalarType.Int64);

    /// <summary>As truth values.</summary>
    public Tensor @bool() => to(ScalarType.Bool);

    /// <summary>A tensor that holds a copy of <paramref name="data"/>.</summary>
    internal static Tensor FromMemory<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape, Device device)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var size in shape) count = checked(count * size);
        if (count != data.Length) throw new ArgumentException($"data: expected {count} elements for shape [{string.Join(", ", shape.ToArray())}], got {data.Length}");
        fixed (T* p = data)
        fixed (long* s = shape)
            return Own(Native.Check(Native.hv_from_memory(p, s, shape.Length, (int)TypeOf<T>(), device.Packed), "tensor"));
    }

    /// <summary>The element type that holds a <typeparamref name="T"/>.</summary>
    internal static ScalarType TypeOf<T>() => default(T) switch
    {
        byte => ScalarType.Byte,
        sbyte => ScalarType.Int8,
        short => ScalarType.Int16,
        int => ScalarType.Int32,
        long => ScalarType.Int64,
        Half => ScalarType.Float16,
        float => ScalarType.Float32,
        double => ScalarType.Float64,
        bool => ScalarType.Bool,
        _ => throw new NotSupportedException($"tensors do not hold {typeof(T).Name}"),
    };

    private static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        if (typeof(TTo) == typeof(TFrom)) return Unsafe.BitCast<TFrom, TTo>(value);
        return (TTo)System.Convert.ChangeType(value, typeof(TTo), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void RequireElement<T>(string method)
        where T : unmanaged
    {
        if (dtype != TypeOf<T>()) throw new InvalidOperationException($"{method}: the elements are {dtype}, not {TypeOf<T>()}");
    }
}
