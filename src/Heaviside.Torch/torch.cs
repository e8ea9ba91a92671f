using System.Runtime.InteropServices;
using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

/// <summary>PyTorch's functions under their own names.</summary>
public static partial class torch
{
    /// <summary>Unsigned 8-bit integers.</summary>
    public const ScalarType uint8 = ScalarType.Byte;

    /// <summary>32-bit integers.</summary>
    public const ScalarType int32 = ScalarType.Int32;

    /// <summary>64-bit integers.</summary>
    public const ScalarType int64 = ScalarType.Int64;

    /// <summary>32-bit floats, the default.</summary>
    public const ScalarType float32 = ScalarType.Float32;

    /// <summary>64-bit floats.</summary>
    public const ScalarType float64 = ScalarType.Float64;

    /// <summary>Truth values.</summary>
    public const ScalarType @bool = ScalarType.Bool;

    /// <summary>The processor.</summary>
    public static Device CPU => new(DeviceType.CPU);

    /// <summary>The current GPU.</summary>
    public static Device CUDA => new(DeviceType.CUDA);

    /// <summary>The version of the libtorch that the shim was built against.</summary>
    public static string Version => Marshal.PtrToStringUTF8(Native.hv_version())!;

    /// <summary>How libtorch was built and which threads it uses, in its own words.</summary>
    public static string BuildInformation => Marshal.PtrToStringUTF8(Native.Check(Native.hv_build(), "BuildInformation"))!;

    /// <summary>A scope that disposes the tensors created on this thread until it ends.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public static Device device(string text) => Device.Parse(text);

    /// <summary>Records no gradients on this thread until disposed.</summary>
    public static GradModeScope no_grad() => new(false);

    /// <summary>Takes numbers below the smallest normal one as 0 on this thread until disposed.</summary>
    /// <remarks>Derivatives of saturated units are such numbers, and processors take a hundred times longer for each. PyTorch's
    /// <c>set_flush_denormal</c>, for a while.</remarks>
    public static FlushDenormalScope flush_denormal() => new();

    /// <summary>Records gradients on this thread until disposed.</summary>
    public static GradModeScope enable_grad() => new(true);

    /// <summary>Whether gradients are recorded on this thread.</summary>
    public static bool is_grad_enabled() => Native.hv_grad_mode() == 1;

    /// <summary>A tensor that holds a copy of <paramref name="data"/>, of one dimension unless a shape is given.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements as the data.</exception>
    public static Tensor tensor<T>(ReadOnlySpan<T> data, Longs shape = default, Device device = default)
        where T : unmanaged =>
        Tensor.FromMemory(data, shape.IsAbsent ? [data.Length] : shape.ToArray(), device);

    /// <summary>A tensor that holds a copy of <paramref name="data"/>, of one dimension unless a shape is given.</summary>
    public static Tensor tensor<T>(T[] data, Longs shape = default, Device device = default)
        where T : unmanaged =>
        tensor((ReadOnlySpan<T>)data, shape, device);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor scalar<T>(T value, Device device = default)
        where T : unmanaged =>
        Tensor.FromMemory([value], [], device);

    /// <summary>Runs <paramref name="body"/> and shows <paramref name="see"/> the name and the result of every operator that it calls on this thread.</summary>
    /// <remarks>For finding where a number went wrong; not for use inside another call of it. A <see cref="Function"/>
    /// counts as one operator in each direction, under its class's name, as its insides may be filled by hand; memory
    /// that nobody has written yet, the result of <c>aten::empty</c>, is not shown.</remarks>
    public static void observe_operators(Action<string, Tensor> see, Action body)
    {
        Operator.Observe(see);
        try
        {
            body();
        }
        finally
        {
            Operator.Observe(null);
        }
    }

    /// <summary>All operator schemas of the loaded libtorch, sorted, one a line.</summary>
    public static unsafe string[] schemas()
    {
        var length = Native.hv_schemas(null, 0);
        var buffer = new byte[length];
        fixed (byte* p = buffer) _ = Native.hv_schemas(p, length);
        return System.Text.Encoding.UTF8.GetString(buffer).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
