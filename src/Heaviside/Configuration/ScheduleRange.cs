using Heaviside.Numerics;

namespace Heaviside.Configuration;

/// <summary>The range of a schedule over all steps, so that a bad one is refused before training and not in the middle of it.</summary>
internal static class ScheduleRange
{
    /// <summary>The schedule, if no value of it is below 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative at some step.</exception>
    internal static Schedule NotNegative(Schedule schedule, string name) => Least(schedule) >= 0
        ? schedule
        : throw new ArgumentOutOfRangeException(name, schedule, "must be 0 or more at every step");

    /// <summary>The schedule, if every value of it is above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0 or negative at some step, or comes arbitrarily near to 0.</exception>
    internal static Schedule Positive(Schedule schedule, string name) => Least(schedule) > 0
        ? schedule
        : throw new ArgumentOutOfRangeException(name, schedule, "must be greater than 0 at every step; an exponential needs a floor");

    /// <summary>The schedule, if all of its values are above 0 or all of them below.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0 at some step, comes arbitrarily near to 0, or changes its sign.</exception>
    internal static Schedule NotZero(Schedule schedule, string name) => Least(schedule) > 0 || Most(schedule) < 0
        ? schedule
        : throw new ArgumentOutOfRangeException(name, schedule, "must be greater than 0 at every step, or less at every step; an exponential needs a floor");

    /// <summary>Reads a schedule from settings and applies one of the conditions above.</summary>
    /// <exception cref="InputException">It does not hold; the message names the setting.</exception>
    internal static Schedule Read(Settings settings, string key, Schedule fallback, string description, Func<Schedule, string, Schedule> condition)
    {
        var schedule = settings.Schedule(key, fallback, description);
        try
        {
            return condition(schedule, key);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InputException($"setting '{key}' is '{schedule}', it {error.Message.Split(" (Parameter")[0]}", error);
        }
    }

    // All but the steps move in one direction, so that the first and the last value bound them.
    private static double Least(Schedule schedule) => Ends(schedule).Min(schedule.At);

    private static double Most(Schedule schedule) => Ends(schedule).Max(schedule.At);

    private static IEnumerable<long> Ends(Schedule schedule) => schedule is StepSchedule steps ? steps.Changes.Prepend(0) : [0, long.MaxValue];
}
