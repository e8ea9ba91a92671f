using System.Diagnostics;
using Heaviside.Cli.Output;
using Heaviside.Studies;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heaviside.Cli.Reproduction;

/// <summary>Shows a study on a terminal: its table filling up, and a line for every process.</summary>
internal sealed class LiveReproductionView : ReproductionView
{
    private readonly LiveLines display = new(secondsBetweenFrames: 0.2);
    private readonly long begin = Stopwatch.GetTimestamp();
    private IReadOnlyList<RunProgress> runs = [];

    /// <inheritdoc/>
    internal override void Show(Action work) => display.Show(work);

    /// <inheritdoc/>
    internal override void Started(StudyResults results, IReadOnlyList<RunProgress> runs, int jobs, string folder)
    {
        this.runs = runs;
        base.Started(results, runs, jobs, folder);
    }

    /// <inheritdoc/>
    internal override void Changed(RunProgress run, StudyResults results)
    {
        if (run.IsOver) display.WriteLine(ReproductionText.Line(run, results));
        display.Draw(() => [Table(results), .. runs.Where(r => r.State is RunState.Running or RunState.Elsewhere).Select(Process), Summary()], now: run.IsOver);
    }

    private Table Table(StudyResults results)
    {
        var (measure, cells) = results.Measures[0];
        var table = Terminal.Table([$"{measure.Name}, {measure.Unit}", .. results.Plan.Columns]);
        foreach (var row in results.Plan.Rows) table.AddRow([new Text(row), .. cells.Where(c => c.Cell.Row == row).Select(Cell)]);
        FittedTable.TryFit(table);
        return table;
    }

    // The number once it is final, until then how far the cell's runs are.
    private IRenderable Cell(CellResult cell)
    {
        if (cell.State is not ("waiting" or "failed") && cell.Finished + cell.Failed == cell.Cell.Runs.Count) return new Markup($"[bold]{Markup.Escape(ResultsFolder.Text(cell))}[/]");
        if (cell.Failed > 0) return new Markup($"[red]{Markup.Escape(cell.State)}[/]");
        var own = runs.Where(r => r.Run.Row == cell.Cell.Row && r.Run.Column == cell.Cell.Column).ToList();
        var share = own.Count == 0 ? 0 : (double)own.Sum(Done) / own.Sum(r => r.Run.Steps);
        var soFar = cell.Mean is { } mean ? $"{ResultsFolder.Text(mean)} " : "";
        return share == 0 ? new Markup("[grey]-[/]") : new Markup($"{soFar}[blue]{share * 100:0}%[/]");
    }

    private static long Done(RunProgress run) => run.IsOver ? run.Run.Steps : run.Step;

    private static Markup Process(RunProgress run) =>
        new Markup($"[grey]{Markup.Escape(run.Run.Name)}[/]  {Markup.Escape(run.State == RunState.Elsewhere ? "another process works on it" : run.StepText)}{(run.Validation is { } v ? $"  [grey]validation[/] {Format.Nats(v)}" : "")}").Overflow(Overflow.Ellipsis);

    private Markup Summary()
    {
        var rate = runs.Where(r => r.Rate > 0 && r.SecondsLeft > 0).Sum(r => (r.Run.Steps - r.Step) / r.SecondsLeft); // validations included
        var left = rate > 0 ? $", about {Format.Duration(runs.Sum(r => r.Run.Steps - Done(r)) / rate)} left" : "";
        return new($"[grey]{runs.Count(r => r.IsOver)} of {runs.Count} runs, {Format.Duration(Stopwatch.GetElapsedTime(begin).TotalSeconds)} so far{left}; Ctrl-C stops, and the same command continues[/]");
    }
}
