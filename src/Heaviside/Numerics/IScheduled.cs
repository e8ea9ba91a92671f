
namespace Heaviside.Numerics;

/// <summary>A module with settings that follow a schedule; the trainer sets the step before every training step.</summary>
public interface IScheduled
{
    /// <summary>The current training step, from 0.</summary>
    long Step { get; set; }

    /// <summary>The schedules by name, as metrics record their values.</summary>
    IEnumerable<(string Name, Schedule Schedule)> Schedules { get; }
}
