namespace Heaviside.Bounds;

/// <summary>log Z of a prior that is known up to it.</summary>
/// <param name="Value">log Z or an estimate of it, in nats, as bounds subtract it.</param>
/// <param name="Surrogate">Makes a scalar whose gradient is that of log Z or an estimate of it, whatever its value; called once for an objective.</param>
public sealed record LogPartition(double Value, Func<Tensor> Surrogate);
