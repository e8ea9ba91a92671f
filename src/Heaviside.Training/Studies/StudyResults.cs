using Heaviside.Files;

namespace Heaviside.Studies;

/// <summary>What a study has come to so far, of runs that are finished or not.</summary>
public sealed class StudyResults
{
    private readonly Func<StudyRun, RunRecord?> record;
    private readonly Func<StudyRun, bool> failed;

    /// <summary>The results as of now.</summary>
    /// <param name="plan">The study and its scale.</param>
    /// <param name="record">What a run has; null before it is begun.</param>
    /// <param name="failed">Whether a run ended with an error.</param>
    public StudyResults(StudyPlan plan, Func<StudyRun, RunRecord?> record, Func<StudyRun, bool> failed)
    {
        (Plan, this.record, this.failed) = (plan, record, failed);
        Measures = [.. plan.Study.Measures.Select(m => (m, (IReadOnlyList<CellResult>)[.. plan.Cells.Select(c => Evaluate(m, c))]))];
    }

    /// <summary>The study and its scale.</summary>
    public StudyPlan Plan { get; }

    /// <summary>Every measure with its cells in the plan's order.</summary>
    public IReadOnlyList<(StudyMeasure Measure, IReadOnlyList<CellResult> Cells)> Measures { get; }

    /// <summary>Whether every run is finished.</summary>
    public bool IsComplete => Measures[0].Cells.All(c => c.Finished == c.Cell.Runs.Count);

    /// <summary>The records of the runs of a cell at its chosen learning rate, by seed.</summary>
    public IReadOnlyList<RunRecord> Chosen(StudyCell cell) => [.. Select(cell).Select(record).OfType<RunRecord>()];

    /// <summary>A measure of one run, or null while it has none.</summary>
    public double? Value(StudyMeasure measure, StudyRun run) => record(run) is { } has ? measure.Reading.Of(has)?.Value : null;

    private CellResult Evaluate(StudyMeasure measure, StudyCell cell)
    {
        var runs = Select(cell);
        var read = runs.Select(r => (Record: record(r), Run: r)).Where(r => r.Record is not null)
            .Select(r => (Record: r.Record!, r.Run, Reading: measure.Reading.Of(r.Record!))).ToList();
        var valued = read.Where(r => r.Reading is not null).ToList();
        return new()
        {
            Cell = cell,
            LearningRate = valued.FirstOrDefault().Run?.LearningRate,
            Values = [.. valued.Select(r => r.Reading!.Value.Value)],
            Samples = valued.FirstOrDefault().Reading?.Object.Whole("samples") is <= int.MaxValue and var samples ? (int)samples : null,
            Data = read.FirstOrDefault().Record?.Data,
            Steps = valued.Select(r => r.Record.Step).DefaultIfEmpty().Min(),
            Finished = cell.Runs.Count(r => record(r)?.IsFinished == true),
            Failed = cell.Runs.Count(failed),
            Paper = measure.Paper.GetValueOrDefault((cell.Row, cell.Column)),
        };
    }

    /// <summary>The runs at the learning rate with the highest mean of what selects, among those that are finished as long as there are any.</summary>
    private IReadOnlyList<StudyRun> Select(StudyCell cell)
    {
        var rates = cell.Runs.GroupBy(r => r.LearningRate).ToList();
        if (rates.Count <= 1 || Plan.Study.Select is not { } rule) return cell.Runs;
        var scored = (from rate in rates
                      let scores = rate.Where(r => !failed(r)).Select(r => record(r) is { } has ? rule.Of(has)?.Value : null).OfType<double>().ToList()
                      where scores.Count > 0
                      let isFinished = rate.All(r => record(r)?.IsFinished == true)
                      orderby isFinished descending, scores.Average() descending
                      select rate).ToList();
        return scored.Count > 0 ? [.. scored[0]] : [.. rates[0]];
    }
}
