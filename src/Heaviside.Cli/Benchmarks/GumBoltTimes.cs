namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of one training step of GumBolt and of its parts.</summary>
internal sealed class GumBoltTimes(GumBoltWork work, IEnumerable<PeerKind> peers)
{
    /// <summary>What is measured.</summary>
    internal GumBoltWork Work => work;

    /// <summary>Whole steps, ours and the peers'.</summary>
    internal ComparedTimes Whole { get; } = new(work.Name, peers);

    /// <summary>Our steps with a prior without couplings, which needs no sampling.</summary>
    internal StepTimes Networks { get; } = new();

    /// <summary>The sweeps of a step alone, tables included.</summary>
    internal StepTimes Sampling { get; } = new();
}
