namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The objectives of a small model with a Boltzmann prior, in nats; those of samples with standard errors.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Draws">How often each objective was drawn.</param>
/// <param name="LogLikelihood">log p(x), exact.</param>
/// <param name="LogPartition">log Z, exact.</param>
/// <param name="RelaxedLogPartition">log Z~, by quadrature.</param>
/// <param name="Discrete">L_k.</param>
/// <param name="Relaxed">L~_k.</param>
/// <param name="Proxy">L^_k, with log Z in place of log Z~.</param>
/// <param name="GumBolt">F_k.</param>
/// <param name="Gap">F_k - L_k of the same noise.</param>
public sealed record BoltzmannObjectivesRow(
    long Step, int Draws, double LogLikelihood, double LogPartition, double RelaxedLogPartition,
    (double Mean, double Error) Discrete, (double Mean, double Error) Relaxed, (double Mean, double Error) Proxy, (double Mean, double Error) GumBolt, (double Mean, double Error) Gap) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "boltzmann-objectives";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields =>
    [
        ("step", Step), ("draws", Draws), ("log-likelihood", LogLikelihood), ("log-z", LogPartition), ("relaxed-log-z", RelaxedLogPartition), ("log-z-gap", LogPartition - RelaxedLogPartition),
        ("discrete", Discrete.Mean), ("discrete-error", Discrete.Error), ("relaxed", Relaxed.Mean), ("relaxed-error", Relaxed.Error),
        ("proxy", Proxy.Mean), ("proxy-error", Proxy.Error), ("gumbolt", GumBolt.Mean), ("gumbolt-error", GumBolt.Error), ("gap", Gap.Mean), ("gap-error", Gap.Error),
    ];
}
