namespace Heaviside.Cli.Benchmarks;

/// <summary>A work with what makes its steps, and the times of all of them.</summary>
internal sealed class WorkTimes : IDisposable
{
    private readonly ITimed ours;
    private readonly PeerProcesses peers;
    private readonly List<(WorkPart Part, ITimed Timed, StepTimes Times)> parts = [];

    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal WorkTimes(Work work, WorkData data, PeerProcesses peers, int warmUp)
    {
        (Work, this.peers) = (work, peers);
        ours = work.Ours(data);
        _ = ours.Run(warmUp);
        foreach (var part in work.Parts) parts.Add((part, part.Make(data), new()));
        foreach (var (_, timed, _) in parts) _ = timed.Run(warmUp);
        Times = new(peers.Running.Where(p => p.Makes(work.Key)).Select(p => p.Kind));
        Times.RunPeers(peers, warmUp, work.Key, keep: false);
    }

    /// <summary>What is measured.</summary>
    internal Work Work { get; }

    /// <summary>Our steps and the peers'.</summary>
    internal ComparedTimes Times { get; }

    /// <summary>The parts that were measured alone.</summary>
    internal IEnumerable<(WorkPart Part, StepTimes Times)> Parts => parts.Select(p => (p.Part, p.Times));

    /// <summary>A turn of each side.</summary>
    internal void Turn(int steps)
    {
        Times.Ours.Add(ours.Run(steps));
        Times.RunPeers(peers, steps, Work.Key);
        foreach (var (_, timed, times) in parts) times.Add(timed.Run(steps));
    }

    public void Dispose()
    {
        ours.Dispose();
        foreach (var (_, timed, _) in parts) timed.Dispose();
    }
}
