namespace Heaviside.Estimators;

/// <summary>Something with settings that follow a schedule.</summary>
public interface IScheduled
{
    /// <summary>The current training step, from 0.</summary>
    long Step { get; set; }
}
