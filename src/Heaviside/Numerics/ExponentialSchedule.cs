namespace Heaviside.Numerics;

/// <summary>Exponential decay down to a floor: max(floor, start * exp(-rate * t)), where t is the step, refreshed only now and then.</summary>
/// <example><c>exponential(1, rate=3e-5, floor=0.5, every=500)</c> is the temperature of arXiv:1611.01144.</example>
public sealed class ExponentialSchedule(double start, double rate) : Schedule
{
    /// <summary>The value at step 0, unless the floor is higher; finite.</summary>
    public double Start { get; } = Finite(start, nameof(start));

    /// <summary>The decay per step; finite, 0 or more.</summary>
    public double Rate { get; } = Finite(rate, nameof(rate)) >= 0
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "expected 0 or more");

    /// <summary>The least value; finite, default 0.</summary>
    public double Floor { get; init => field = Finite(value, "floor"); }

    /// <summary>The value changes at multiples of this many steps only; 1 or more, default 1.</summary>
    public long Every { get; init => field = AtLeast(1, value, "every"); } = 1;

    /// <inheritdoc/>
    protected override double ValueAt(long step)
    {
        var t = step / Every * Every;
        return Math.Max(Floor, Start * Math.Exp(-Rate * t));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        ScheduleText.Format("exponential", [Start], ("rate", Rate, null), ("floor", Floor, 0), ("every", Every, 1));
}
