namespace Heaviside.Numerics;

/// <summary>A value as a function of the training step: a temperature, a learning rate, a weight of a loss term.</summary>
/// <remarks>Every schedule has a text form that <see cref="Parse"/> reads back: <c>0.5</c>,
/// <c>linear(0, 1, steps=5000)</c>, <c>exponential(1, rate=3e-5, floor=0.5, every=500)</c>,
/// <c>steps(1e-3, 0.3, at=[60000, 75000])</c>, <c>cosine(1e-3, 0, steps=100000)</c>.</remarks>
public abstract class Schedule
{
    /// <summary>The value at a step, counted from 0.</summary>
    public double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return ValueAt(step);
    }

    /// <summary>The value at a step that is known to be 0 or more.</summary>
    protected abstract double ValueAt(long step);

    /// <summary>The text form, which <see cref="Parse"/> reads back to the same function.</summary>
    public abstract override string ToString();

    /// <summary>Reads a schedule from its text form.</summary>
    /// <exception cref="InputException">The text is no schedule, or a number in it is out of its range.</exception>
    public static Schedule Parse(string text) => ScheduleText.Parse(text);

    /// <summary>A number is the schedule that never changes.</summary>
    public static implicit operator Schedule(double value) => new ConstantSchedule(value);

    private protected static double Finite(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "expected a finite number");

    private protected static long AtLeast(long least, long value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"expected {least} or more");

    /// <summary>How far a ramp has come at a step: 0 up to <paramref name="delay"/>, 1 from <c>delay + steps</c> on.</summary>
    private protected static double Progress(long step, long delay, long steps) =>
        step <= delay ? 0 : step - delay >= steps ? 1 : (double)(step - delay) / steps;
}
