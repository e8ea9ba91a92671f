namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of one estimator's training steps, ours and, where it has one, its peer's.</summary>
internal sealed class EstimatorTimes(string name, bool hasPeer)
{
    /// <summary>Its name in the catalogue.</summary>
    internal string Name => name;

    /// <summary>Our steps.</summary>
    internal StepTimes Ours { get; } = new();

    /// <summary>The peer's steps, or null where there is no peer.</summary>
    internal StepTimes? Peer { get; } = hasPeer ? new() : null;

    /// <summary>The peer's time over ours: how many times as many steps we make.</summary>
    internal Ratio? Ratio => Peer is null ? null : Benchmarks.Ratio.Of(Peer, Ours);
}
