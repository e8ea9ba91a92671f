using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

/// <summary>A number that keeps whether it is whole, real or a truth value, as operators distinguish.</summary>
public readonly struct Scalar
{
    private readonly Arg value;

    private Scalar(Arg value) => this.value = value;

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(long value) => new(Arg.Of(value));

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(int value) => new(Arg.Of((long)value));

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(Arg.Of(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(Arg.Of(value));

    internal Arg ToArg() => value.Kind == ArgKind.None ? Arg.Of(0L) : value;
}
