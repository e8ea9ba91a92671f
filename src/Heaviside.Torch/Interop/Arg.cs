using System.Runtime.InteropServices;

namespace Heaviside.Torch.Interop;

internal enum ArgKind
{
    None,
    Default,
    Tensor,
    Tensors,
    Int,
    Ints,
    Double,
    Doubles,
    Bool,
    Bools,
    String,
    Generator,
    Device,
    OptionalTensors,
}

/// <summary>One argument or result of an operator: the shim's <c>HvArg</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Arg
{
    [FieldOffset(0)] internal ArgKind Kind;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Int;
    [FieldOffset(8)] internal double Double;
    [FieldOffset(8)] internal nint Pointer;

    /// <summary>The schema's default value.</summary>
    internal static Arg Default => new() { Kind = ArgKind.Default };

    internal static Arg Of(Tensor? t) => t is null ? default : new() { Kind = ArgKind.Tensor, Pointer = t.Handle };

    internal static Arg Of(long value) => new() { Kind = ArgKind.Int, Int = value };

    internal static Arg Of(double value) => new() { Kind = ArgKind.Double, Double = value };

    internal static Arg Of(bool value) => new() { Kind = ArgKind.Bool, Int = value ? 1 : 0 };

    internal static Arg Of(long? value) => value is { } v ? Of(v) : default;

    internal static Arg Of(double? value) => value is { } v ? Of(v) : default;

    internal static Arg Of(bool? value) => value is { } v ? Of(v) : default;

    internal static Arg Of(ScalarType? type) => type is { } t ? Of((long)t) : default;

    internal static Arg Of(Device? device) => device is { } d ? new() { Kind = ArgKind.Device, Int = d.Packed } : default;

    internal static Arg Of(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator); // libtorch would draw from a generator of its own
        return new() { Kind = ArgKind.Generator, Pointer = generator.Handle };
    }

    internal static Arg Of(Scalar scalar) => scalar.ToArg();

    internal static Arg Of(Scalar? scalar) => scalar is { } s ? s.ToArg() : Default;

    /// <summary>A list whose first element the caller holds in place at <paramref name="pinned"/>.</summary>
    internal static Arg Of(scoped in Longs values, long* pinned) =>
        values.IsAbsent ? Default : new() { Kind = ArgKind.Ints, Count = values.Length, Pointer = (nint)pinned };

    internal static Arg Of(TensorHandles tensors, bool optional = false) =>
        new() { Kind = optional ? ArgKind.OptionalTensors : ArgKind.Tensors, Count = tensors.Count, Pointer = (nint)tensors.Pointer };

    internal static Arg Of(string? text, byte* utf8, int length) =>
        text is null ? default : new() { Kind = ArgKind.String, Count = length, Pointer = (nint)utf8 };
}
