namespace Heaviside.Numerics;

/// <summary>The range of a schedule over all steps, so that a bad one is refused before training and not in the middle of it.</summary>
internal static class ScheduleRange
{
    /// <summary>The schedule, if no value of it is below 0 or infinite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is one at some step.</exception>
    internal static Schedule NotNegative(Schedule schedule, string name) => IsWithin(schedule, 0, double.MaxValue)
        ? schedule
        : throw new ArgumentOutOfRangeException(name, schedule, "must be 0 or more at every step, and finite");

    /// <summary>The schedule, if every value of it is in <see cref="TemperatureRange"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It leaves the range at some step.</exception>
    internal static Schedule Temperature(Schedule schedule, string name) => IsWithin(schedule, TemperatureRange.Least, TemperatureRange.Most)
        ? schedule
        : throw new ArgumentOutOfRangeException(name, schedule, $"{TemperatureRange.Words} at every step; an exponential needs a floor");

    /// <summary>The schedule, if all of its values are in <see cref="TemperatureRange"/>, or all of them with their sign turned.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It leaves the range at some step, or changes its sign.</exception>
    internal static Schedule Epsilon(Schedule schedule, string name) =>
        IsWithin(schedule, TemperatureRange.Least, TemperatureRange.Most) || IsWithin(schedule, -TemperatureRange.Most, -TemperatureRange.Least)
            ? schedule
            : throw new ArgumentOutOfRangeException(name, schedule, "must be from 1e-6 to 1e6 at every step, or from -1e6 to -1e-6; an exponential needs a floor");

    /// <summary>Whether a schedule has one value at every step, however it is written.</summary>
    internal static bool IsAlways(Schedule schedule, double value) => IsWithin(schedule, value, value);

    /// <summary>Whether every value of a schedule is in a range.</summary>
    // All but the steps move in one direction, so that the first and the last value bound them.
    internal static bool IsWithin(Schedule schedule, double least, double most) => Ends(schedule).Select(schedule.At).All(value => value >= least && value <= most);

    private static IEnumerable<long> Ends(Schedule schedule) => schedule is StepSchedule steps ? steps.Changes.Prepend(0) : [0, long.MaxValue];
}
