namespace Heaviside.Cli.Reproduction;

/// <summary>Makes runs, several at a time, each in a process of its own.</summary>
/// <param name="runs">The runs in the order in which they are begun; those that are finished are passed over.</param>
/// <param name="kind">What they are.</param>
/// <param name="changed">Is called after every change of a run, by one thread at a time; what it throws ends everything.</param>
internal sealed class RunQueue(IReadOnlyList<RunProgress> runs, RunKind kind, Action<RunProgress> changed)
{
    private const int MillisecondsBetweenLooks = 200;

    private readonly Lock gate = new();
    private readonly Queue<RunProgress> waiting = new(runs.Where(r => r.State == RunState.Waiting));

    /// <summary>Works, with the machine's cores shared out, until no run is left or <paramref name="stop"/> is requested and every process has ended.</summary>
    internal void Work(int jobs, CancellationToken stop)
    {
        var cores = Math.Max(1, Environment.ProcessorCount / jobs);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Exception? error = null;
        // Threads, for each waits for its process nearly all the time.
        Thread[] workers = [.. Enumerable.Range(0, jobs).Select(_ => new Thread(() =>
        {
            try
            {
                while (!all.IsCancellationRequested && Next() is { } run) Make(run, cores, all.Token);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref error, e, null);
                all.Cancel();
            }
        }))];
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        if (error is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }

    private RunProgress? Next()
    {
        lock (gate) return waiting.TryDequeue(out var run) ? run : null;
    }

    private void Make(RunProgress run, int cores, CancellationToken stop)
    {
        // Processes whose starter was killed end by themselves a moment later.
        while (kind.IsInUse(run.Folder) && !stop.IsCancellationRequested)
        {
            Change(run, () => run.State = RunState.Elsewhere);
            stop.WaitHandle.WaitOne(MillisecondsBetweenLooks);
        }

        if (stop.IsCancellationRequested)
        {
            Change(run, () => run.State = RunState.Stopped);
            return;
        }

        Change(run, () => run.State = RunState.Running);
        var problem = Run(run, cores, stop);
        Change(run, () =>
        {
            run.Rate = 0;
            run.State = problem is null ? RunState.Finished : stop.IsCancellationRequested ? RunState.Stopped : RunState.Failed;
            run.Problem = problem;
        });
    }

    // Null when it ended well, else what went wrong.
    private string? Run(RunProgress run, int cores, CancellationToken stop)
    {
        IReadOnlyList<string> arguments;
        try
        {
            arguments = kind.Prepare(run.Run, run.Folder);
        }
        catch (InputException error)
        {
            return error.Message;
        }

        return new RunProcess(arguments, cores, json => Change(run, () => kind.Take(run, json))).Run(stop);
    }

    private void Change(RunProgress run, Action change)
    {
        lock (gate)
        {
            change();
            changed(run);
        }
    }
}
