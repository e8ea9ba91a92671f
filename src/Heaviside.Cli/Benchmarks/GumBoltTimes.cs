namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of one training step of GumBolt and of its parts.</summary>
internal sealed class GumBoltTimes(GumBoltWork work, bool hasPeer)
{
    /// <summary>What is measured.</summary>
    internal GumBoltWork Work => work;

    /// <summary>Our steps.</summary>
    internal StepTimes Ours { get; } = new();

    /// <summary>Our steps with a prior without couplings, which needs no sampling.</summary>
    internal StepTimes Networks { get; } = new();

    /// <summary>The sweeps of a step alone, tables included.</summary>
    internal StepTimes Sampling { get; } = new();

    /// <summary>The peer's steps, or null where there is no peer.</summary>
    internal StepTimes? Peer { get; } = hasPeer ? new() : null;

    /// <summary>The peer's time over ours.</summary>
    internal Ratio? Ratio => Peer is null ? null : Benchmarks.Ratio.Of(Peer, Ours);
}
