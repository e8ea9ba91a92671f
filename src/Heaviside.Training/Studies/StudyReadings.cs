using Heaviside.Configuration;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Heaviside.Numerics;
using Heaviside.Training;
using Heaviside.Training.Probes;

namespace Heaviside.Studies;

/// <summary>Reads where a study's numbers are, and refuses places that its runs do not write: days of training must not end in an empty table.</summary>
/// <param name="grid">The runs.</param>
internal sealed class StudyReadings(StudyGrid grid)
{
    private static readonly string Several = Evaluation.Bound.NameOf(Evaluation.BoundKind.ImportanceWeighted);

    private static readonly string[] Keys = ["kind", "bound", "figure", "key", "at"];
    private static readonly string[] Bounds = [.. Enum.GetValues<Evaluation.BoundKind>().Select(Evaluation.Bound.NameOf)];
    private static readonly string[] Bars = ["low", "high", "share"];

    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> numbers = NumbersOf(grid);
    private readonly List<(YamlSection Place, StudyReading Reading)> readings = [];

    /// <summary>What 'select' says, or null where the study has none.</summary>
    public StudyReading? Select(YamlSection file) => file.Section("select", "'select'", Keys) is { } section ? Read(section) : null;

    /// <summary>What 'read' says.</summary>
    public StudyReading Required(YamlSection of) =>
        Read(of.Section("read", "'read'", Keys) ?? throw of.Error("read", "'read' is missing: where the number is, such as {kind: validation}"));

    /// <summary>What 'read' says of a chart's line: a number of many steps, beside the one that it is drawn against.</summary>
    public StudyReading Course(YamlSection of, string against)
    {
        var reading = Required(of);
        if (reading.Place == StudyReadingPlace.Result) throw of.Error("read", $"a test bound is one number and no line: read a kind, one of {string.Join(", ", numbers.Keys)}");
        return numbers[reading.Kind].Contains(against) ? reading : throw of.Error("read", $"'{reading.Kind}' cannot be drawn against '{against}', which it does not have");
    }

    /// <summary>The kind of the lines that are bars.</summary>
    public string Histogram(YamlSection chart, string kind)
    {
        var known = numbers.Where(k => Bars.All(k.Value.Contains)).Select(k => k.Key);
        return known.Contains(kind) ? kind : throw chart.Error("histogram", Suggestion.Unknown("kind of bars", kind, known).Message);
    }

    /// <summary>Makes sure that at every scale some run has the probes and bounds that are read.</summary>
    /// <exception cref="InputException">None has one; says where it is read.</exception>
    public void RequireRuns(Study study)
    {
        foreach (var scale in study.Grid.Scales.Keys)
        {
            var runs = StudyPlan.Create(study, scale).Runs;
            foreach (var (place, reading) in readings)
            {
                if (reading.Place == StudyReadingPlace.Result)
                {
                    if (reading.Kind == Several && runs.All(r => Setting(r, "test-samples") == "1"))
                        throw place.Error("bound", $"the runs of scale '{scale}' have one test sample: set test-samples to 2 or more");
                }
                else if (ProbeCatalog.All.Names.Contains(reading.Kind) && !runs.Any(r => TextList.Split(Setting(r, "probes")).Contains(reading.Kind, StringComparer.OrdinalIgnoreCase)))
                {
                    throw place.Error("kind", $"no run of scale '{scale}' has the probe '{reading.Kind}': name it in the setting probes");
                }
            }
        }
    }

    private StudyReading Read(YamlSection r)
    {
        var reading = Parse(r);
        var isResult = reading.Place == StudyReadingPlace.Result;
        if (isResult && (grid.Problem ?? grid.Demonstration) is not null) throw r.Error("bound", $"the runs have no test bounds: read a kind, one of {string.Join(", ", numbers.Keys)}");
        var (name, what, known) = r.Has("figure") ? ("figure", "figure", FiguresProbe.Known) : isResult ? ("bound", "bound", Bounds) : ("kind", "kind of lines", numbers.Keys);
        if (!known.Contains(reading.Kind)) throw r.Error(name, Suggestion.Unknown(what, reading.Kind, known).Message);
        var keys = isResult ? Evaluation.Bound.Numbers : numbers[reading.Kind];
        if (!keys.Contains(reading.Key)) throw r.Error("key", Suggestion.Unknown($"number of '{reading.Kind}'", reading.Key, keys).Message);
        readings.Add((r, reading));
        return reading;
    }

    private static StudyReading Parse(YamlSection r)
    {
        var key = r.Text("key") ?? "mean";
        if (r.Text("bound") is { } bound && !r.Has("kind") && !r.Has("at")) return new(bound, key, StudyReadingPlace.Result);
        if (r.Text("figure") is { } figure && !r.Has("kind") && !r.Has("at") && !r.Has("bound")) return new(figure, key, StudyReadingPlace.Result);
        if (r.Has("figure")) throw r.Error("figure", "a 'figure' of the result has neither 'kind' nor 'at' nor 'bound'");
        if (r.Has("bound")) throw r.Error("bound", "a 'bound' of the result has neither 'kind' nor 'at'");
        var place = r.Text("at") switch
        {
            null or "last" => StudyReadingPlace.Last,
            "best" => StudyReadingPlace.Best,
            var other => throw r.Error("at", $"'at' is '{other}', expected last or best"),
        };
        return new(r.RequiredText("kind"), key, place);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> NumbersOf(StudyGrid grid) =>
        grid.Problem is not null ? NumbersOf([new ToyRow(0, "", 0, 0, 0)])
        : grid.Demonstration is { } name ? NumbersOf(DemonstrationCatalog.All.Find(name).Rows)
        : RunMetrics.Numbers;

    private static Dictionary<string, IReadOnlyList<string>> NumbersOf(IEnumerable<ILabRow> rows) =>
        rows.ToDictionary(r => r.Kind, IReadOnlyList<string> (r) => [.. r.Fields.Where(f => f.Value is not string).Select(f => f.Name)]);

    private static string Setting(StudyRun run, string key) => run.Settings.FirstOrDefault(s => s.Key == key).Value ?? "";
}
