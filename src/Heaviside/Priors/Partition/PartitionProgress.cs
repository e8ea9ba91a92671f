namespace Heaviside.Priors.Partition;

/// <summary>How far an estimate of log Z is.</summary>
/// <param name="Phase">What is being done, such as <c>burn-in</c>.</param>
/// <param name="Done">Steps of the phase that are done.</param>
/// <param name="Total">Steps of the phase.</param>
public readonly record struct PartitionProgress(string Phase, long Done, long Total);
