namespace Heaviside.Priors.Partition;

/// <summary>How an estimate is carried out: on how many threads, who is told, and who can stop it.</summary>
internal sealed class PartitionWork(int threads, Action<PartitionProgress>? progress, CancellationToken cancellation)
{
    // In each phase.
    private const int Reports = 100;

    /// <summary>Does the steps of a phase, from one to before another at a time, with reports and chances to stop in between.</summary>
    internal void Steps(string phase, int steps, Action<int, int> part)
    {
        var chunk = (steps + Reports - 1) / Reports;
        for (var from = 0; from < steps; from += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var to = Math.Min(from + chunk, steps);
            part(from, to);
            progress?.Invoke(new(phase, to, steps));
        }
    }

    /// <summary>Divides independent items among the threads: each has those from one to before another.</summary>
    internal void Spread(int from, int to, Action<int, int> part)
    {
        var parts = Math.Min(threads, to - from);
        if (parts <= 1) part(from, to);
        else Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, t => part(Start(t), Start(t + 1)));

        int Start(int t) => from + (int)((long)(to - from) * t / parts);
    }
}
