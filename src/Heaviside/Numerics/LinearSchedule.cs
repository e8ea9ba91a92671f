namespace Heaviside.Numerics;

/// <summary>A straight line from one value to another, constant before and after it.</summary>
/// <example><c>linear(0, 1, steps=5000, delay=1000)</c> warms up from step 1000 to step 6000.</example>
public sealed class LinearSchedule(double from, double to, long steps) : Schedule
{
    /// <summary>The value up to step <see cref="Delay"/>; finite.</summary>
    public double From { get; } = Finite(from, nameof(from));

    /// <summary>The value from step <see cref="Delay"/> + <see cref="Steps"/> on; finite.</summary>
    public double To { get; } = Finite(to, nameof(to));

    /// <summary>How many steps the way takes; 1 or more.</summary>
    public long Steps { get; } = AtLeast(1, steps, nameof(steps));

    /// <summary>The steps before the value starts to move; 0 or more, default 0.</summary>
    public long Delay { get; init => field = AtLeast(0, value, "delay"); }

    /// <inheritdoc/>
    protected override double ValueAt(long step)
    {
        var u = Progress(step, Delay, Steps);
        return (1 - u) * From + u * To;
    }

    /// <inheritdoc/>
    public override string ToString() => ScheduleText.Format("linear", [From, To], ("steps", Steps, null), ("delay", Delay, 0));
}
