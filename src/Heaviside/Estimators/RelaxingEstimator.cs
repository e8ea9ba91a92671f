using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>An estimator that draws from the relaxed law at a temperature.</summary>
public abstract class RelaxingEstimator : PathwiseEstimator, IScheduled
{
    /// <summary>The temperature, greater than 0 at every step; default 0.5.</summary>
    public Schedule Temperature { get; init => field = ScheduleRange.Positive(value, nameof(Temperature)); } = 0.5;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("temperature", Temperature)];

    /// <summary>Reads the setting temperature.</summary>
    internal static Schedule ReadTemperature(Settings s, double fallback = 0.5) =>
        ScheduleRange.Read(s, "temperature", fallback, "temperature of the relaxation", ScheduleRange.Positive);
}
