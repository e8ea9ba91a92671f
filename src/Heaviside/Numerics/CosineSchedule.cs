namespace Heaviside.Numerics;

/// <summary>Half a cosine wave from one value to another, flat at both ends (arXiv:1608.03983, without restarts).</summary>
/// <example><c>cosine(1e-3, 0, steps=100000)</c></example>
public sealed class CosineSchedule(double from, double to, long steps) : Schedule
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
        var u = (1 - Math.Cos(Math.PI * Progress(step, Delay, Steps))) / 2;
        return (1 - u) * From + u * To;
    }

    /// <inheritdoc/>
    public override string ToString() => ScheduleText.Format("cosine", [From, To], ("steps", Steps, null), ("delay", Delay, 0));
}
