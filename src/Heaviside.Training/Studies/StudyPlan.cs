using Heaviside.Configuration;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Heaviside.Numerics;
using Heaviside.Training;

namespace Heaviside.Studies;

/// <summary>A study at one of its scales: every run that it takes.</summary>
public sealed class StudyPlan
{
    private StudyPlan(Study study, string scale, IReadOnlyList<StudyRow> rows)
    {
        (Study, Scale) = (study, scale);
        Rows = [.. rows.Select(r => r.Name)];
        LeftOut = [.. (study.Rows ?? [.. study.Grid.Rows.Select(r => r.Name)]).Except(Rows)];
        var grid = study.Grid;
        Cells = [.. from row in rows from column in grid.Columns select new StudyCell(row.Name, column.Name, [.. Expand(grid, scale, row, column)], PaperSteps(grid, row, column))];
        // Every cell has its first run before any has its second.
        Runs = [.. Cells.SelectMany(c => c.Runs.Select((run, i) => (Turn: i, Run: run))).OrderBy(r => r.Turn).Select(r => r.Run)];
    }

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>The name of the scale.</summary>
    public string Scale { get; }

    /// <summary>The names of the rows, in order.</summary>
    public IReadOnlyList<string> Rows { get; }

    /// <summary>The names of the study's rows that the scale does not have, in order.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns => [.. Study.Grid.Columns.Select(c => c.Name)];

    /// <summary>Every row with every column, row by row.</summary>
    public IReadOnlyList<StudyCell> Cells { get; }

    /// <summary>The runs in the order in which they are begun.</summary>
    public IReadOnlyList<StudyRun> Runs { get; }

    /// <summary>The folder of the runs within the folder of all studies; studies that share a grid share it.</summary>
    public string RunsFolder => Path.Combine(Study.Grid.Id, Scale, "runs");

    /// <summary>The folder of the results within the folder of all studies.</summary>
    public string ResultsFolder => Path.Combine(Study.Id, Scale);

    /// <summary>The runs that a scale takes.</summary>
    /// <exception cref="InputException">The study has no such scale, or the scale sets no steps or no seeds.</exception>
    public static StudyPlan Create(Study study, string scale)
    {
        if (!study.Grid.Scales.TryGetValue(scale, out var at)) throw Suggestion.Unknown($"scale of {study.Id}", scale, study.Grid.Scales.Keys);
        var shown = study.Rows ?? at.Rows;
        return new(study, scale, [.. study.Grid.Rows.Where(r => shown is null || shown.Contains(r.Name))]);
    }

    /// <summary>Makes sure that the settings of every run are known and right, before the first is begun: without data and networks, in milliseconds.</summary>
    /// <exception cref="InputException">One is not; the message names the run.</exception>
    public void RequireRuns()
    {
        foreach (var run in Runs)
        {
            try
            {
                Require(new Settings(run.Settings));
            }
            catch (InputException error)
            {
                throw new InputException($"{Study.Id}: the run '{run.Name}' cannot be begun: {error.Message}", error);
            }
        }
    }

    private void Require(Settings settings)
    {
        if ((Study.Grid.Problem ?? Study.Grid.Demonstration) is null)
        {
            Experiment.Require(settings);
            return;
        }

        if (Study.Grid.Demonstration is { } demonstration) settings.Fill(DemonstrationCatalog.All.Find(demonstration).NewOptions());
        else ToyStudy.Require(Study.Grid.Problem!, settings);
        settings.EnsureAllRead(PartSettings.Estimator); // of a problem, which the command takes for itself
    }

    /// <summary>The runs with a text in their names, in any case.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public IReadOnlyList<StudyRun> RunsWith(string text) =>
        Runs.Where(r => r.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } runs
            ? runs
            : throw new InputException($"no run of {Study.Id} has '{text}' in its name; names are such as '{Runs[0].Name}'");

    private static IEnumerable<StudyRun> Expand(StudyGrid grid, string name, StudyRow row, StudyColumn column)
    {
        if (row.Columns?.Contains(column.Name) == false) yield break;
        var scale = grid.Scales[name].With(row.Scales.GetValueOrDefault(name));
        if (scale.Seeds.Count == 0) throw new InputException($"{grid.Id}: scale '{name}' has no seeds in row '{row.Name}'");
        string?[] rates = scale.LearningRates.Count > 0 ? [.. scale.LearningRates] : [null];
        foreach (var seed in scale.Seeds)
            foreach (var rate in rates)
            {
                KeyValuePair<string, string>[] own = [.. rate is null ? [] : new[] { KeyValuePair.Create("learning-rate", rate) }, new("seed", Invariant.Format(seed))];
                var settings = new Settings(grid.Settings).With(row.Settings).With(column.Settings).With(scale.Settings).With(own);
                yield return new(row.Name, column.Name, rate, seed, Steps(grid, name, settings.Given), settings.Given);
            }
    }

    private static long PaperSteps(StudyGrid grid, StudyRow row, StudyColumn column) =>
        Expand(grid, StudyGrid.PaperScale, row, column).FirstOrDefault()?.Steps ?? 0;

    private static long Steps(StudyGrid grid, string scale, IReadOnlyList<KeyValuePair<string, string>> settings) =>
        Invariant.TryParse(settings.FirstOrDefault(s => s.Key == "steps").Value ?? "", out long steps) && steps > 0
            ? steps
            : throw new InputException($"{grid.Id}: scale '{scale}' needs the setting 'steps', a whole number of 1 or more");
}
