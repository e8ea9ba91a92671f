using System.Diagnostics;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Data.Simulated;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary>Simulates data and shows how far it is: a bar on a terminal, else lines on the standard error.</summary>
internal static class DataSimulation
{
    /// <summary>Makes what is not there.</summary>
    /// <exception cref="InputException">They are more than fit into memory.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    internal static SimulatedNow Make(SimulatedTrajectories source, CancellationToken stop)
    {
        var (plan, start, made) = (source.Plan, Stopwatch.GetTimestamp(), 0);
        try
        {
            if (Terminal.IsInteractive && !source.Cache.Has(plan))
            {
                Terminal.Out.Progress().AutoClear(true)
                    .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                    .Start(context => made = source.Cache.Make(plan, new Bar(context.AddTask(plan.Name, maxValue: plan.Count), plan.Name), stop));
            }
            else
            {
                made = source.Cache.Make(plan, new Lines(plan.Name), stop);
            }
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException($"stopped; what was simulated is kept in {source.Cache.FolderOf(plan)}, and the same command goes on from there");
        }

        return new(made, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Makes what settings are trained on, if it is simulated and not there. Where it cannot be kept, nothing is done: loading simulates it then.</summary>
    internal static void Require(Settings settings, CancellationToken stop)
    {
        if (ExperimentPlan.Read(settings.With([])).Source is not SimulatedTrajectories source || source.Cache.Has(source.Plan)) return;
        try
        {
            Make(source, stop);
        }
        catch (IOException error)
        {
            ErrorOutput.WriteLine($"the simulations are not kept: {error.Message}");
        }
    }

    private static string Pace(SimulationProgress p, long start) => $"{Format.Short(p.Made / Stopwatch.GetElapsedTime(start).TotalSeconds)} per second";

    private sealed class Bar(ProgressTask task, string name) : IProgress<SimulationProgress>
    {
        private readonly long start = Stopwatch.GetTimestamp();

        public void Report(SimulationProgress value)
        {
            task.Value = value.Done;
            task.Description = $"{name}, {Format.Of(value.Done)} of {Format.Of(value.Total)}, {Pace(value, start)}";
        }
    }

    // One for every tenth, but none within a second, one after ten seconds, and the last.
    private sealed class Lines(string name) : IProgress<SimulationProgress>
    {
        private readonly long start = Stopwatch.GetTimestamp();
        private long last = Stopwatch.GetTimestamp();
        private long tenths;

        public void Report(SimulationProgress value)
        {
            var now = 10L * value.Done / value.Total;
            var isDue = Stopwatch.GetElapsedTime(last).TotalSeconds >= (now == tenths ? 10 : 1) || (now == 10 && tenths < 10);
            if (value.Made == 0 || !isDue) return;
            (tenths, last) = (now, Stopwatch.GetTimestamp());
            ErrorOutput.WriteLine($"{name}: {Format.Of(value.Done)} of {Format.Of(value.Total)} simulated, {Pace(value, start)}");
        }
    }
}
