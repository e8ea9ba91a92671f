namespace Heaviside.Numerics;

/// <summary>The same value at every step; its text form is the number alone.</summary>
public sealed class ConstantSchedule(double value) : Schedule
{
    /// <summary>The value; finite.</summary>
    public double Value { get; } = Finite(value, nameof(value));

    /// <inheritdoc/>
    protected override double ValueAt(long step) => Value;

    /// <inheritdoc/>
    public override string ToString() => Invariant.Format(Value);
}
