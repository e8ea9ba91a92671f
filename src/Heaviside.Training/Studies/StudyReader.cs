using Heaviside.Configuration;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Heaviside.Numerics;

namespace Heaviside.Studies;

/// <summary>Reads a study's file.</summary>
internal sealed class StudyReader(string path, string id)
{
    private static readonly string[] Own = ["problem", "demonstration", "origin-of-steps", "settings", "rows", "columns", "scales"];
    private static readonly string[] Always = ["name", "paper", "description", "select", "measures", "charts", "pictures"];
    private static readonly string[] RunPictures = ["samples.png", "reconstructions.png", "classes.png", "attributes.png", "curves.svg"];
    private static readonly string[] ScaleKeys = ["settings", "seeds", "learning-rates"];

    public Study Read()
    {
        var root = YamlFile.Root(YamlFile.ReadText(path), path);
        if (!YamlFile.HoldsStudy(root)) throw new InputException($"{path}: is the recipe of one run (a study has 'columns' or 'runs-of'); run it with: {HostProgram.Name} train {path}");
        // Its own runs, or those of another study: some of its rows and columns.
        var file = new YamlSection(root, path, "a study", [.. Always, "runs-of", .. Own]);
        var grid = file.Has("runs-of") ? Other(file) : Grid(file);
        var rows = file.Has("runs-of") ? Names(file, "rows", "row", grid.Rows.Select(r => r.Name)) : null;
        var readings = new StudyReadings(grid);
        var measures = file.Sections("measures", "a measure", ["name", "unit", "bound", "read", "paper"]).Select(m => Measure(m, grid, readings)).ToList();
        var charts = file.Sections("charts", "a chart", ["name", "unit", "bound", "read", "lines", "histogram", "against"]).Select(c => Chart(c, readings)).ToList();
        var pictures = file.Sections("pictures", "a picture", ["name", "file"]).Select(p => new StudyPicture(p.RequiredText("name"), FileName(p, grid))).ToList();
        if (measures.Count == 0) throw file.Error("measures", "a study needs at least one of 'measures'");
        var select = readings.Select(file);
        if (select is null && Grids(grid).Any(s => s.LearningRates.Count > 1))
            throw file.Error("scales", "several learning rates need 'select', what chooses among them, such as {kind: validation, at: best}");
        var study = new Study(id, file.RequiredText("name"), file.RequiredText("paper"), file.Text("description") ?? "", grid, rows, select, measures, charts, pictures);
        readings.RequireRuns(study);
        return study;
    }

    private static IEnumerable<StudyScale> Grids(StudyGrid grid) => grid.Scales.Values.Concat(grid.Rows.SelectMany(r => r.Scales.Values));

    // The other file is found from this one, and so is what it is asked for by.
    private StudyGrid Other(YamlSection file)
    {
        if (Own.FirstOrDefault(k => k is not ("rows" or "columns") && file.Has(k)) is { } key) throw file.Error(key, $"'{key}' belongs to the study that 'runs-of' names");
        var name = file.RequiredText("runs-of");
        var other = Path.Combine(Path.GetDirectoryName(path) ?? "", name + ".yaml");
        var otherId = id.LastIndexOf('/') is var slash and >= 0 ? $"{id[..slash]}/{name}" : name;
        var root = YamlFile.Root(YamlFile.ReadText(other), other);
        var section = new YamlSection(root, other, "a study", [.. Always, "runs-of", .. Own]);
        if (section.Has("runs-of")) throw file.Error("runs-of", $"{other} has no runs of its own");
        var grid = new StudyReader(other, otherId).Grid(section);
        var columns = Names(file, "columns", "column", grid.Columns.Select(c => c.Name));
        return grid with { Columns = [.. grid.Columns.Where(c => columns is null || columns.Contains(c.Name))] };
    }

    private StudyGrid Grid(YamlSection file)
    {
        var columns = file.Sections("columns", "a column", ["name", "settings"])
            .Select(c => new StudyColumn(c.RequiredText("name")) { Settings = c.Settings("settings") }).ToList();
        var scales = Scales(file, [.. ScaleKeys, "rows"]);
        var rows = file.Sections("rows", "a row", ["name", "settings", "columns", "scales"]).Select(r => new StudyRow(r.RequiredText("name"))
        {
            Settings = r.Settings("settings"),
            Columns = Names(r, "columns", "column", columns.Select(c => c.Name)),
            Scales = Scales(r, ScaleKeys, scales.Keys),
        }).ToList();
        if (file.Has("problem") && file.Has("demonstration")) throw file.Error("demonstration", "the runs are on a 'problem' or of a 'demonstration', not both");
        RequireDifferent(file, "columns", columns.Select(c => c.Name));
        RequireDifferent(file, "rows", rows.Select(r => r.Name));
        foreach (var (name, scale) in scales)
            if (scale.Rows?.FirstOrDefault(wanted => rows.All(r => r.Name != wanted)) is { } unknown)
                throw file.Error("scales", $"scale '{name}': {Suggestion.Unknown("row", unknown, rows.Select(r => r.Name)).Message}");
        if (!scales.ContainsKey(StudyGrid.PaperScale)) throw file.Error("scales", $"a study needs the scale '{StudyGrid.PaperScale}', what others are compared with");
        return new(id, file.Settings("settings"), rows, columns, scales)
        {
            OriginOfSteps = file.Text("origin-of-steps"),
            Problem = Known(file, "problem", name => ToyStudy.FindProblem(name, new())),
            Demonstration = Known(file, "demonstration", name => DemonstrationCatalog.All.Find(name)),
        };
    }

    private static string? Known(YamlSection file, string key, Action<string> find)
    {
        if (file.Text(key) is not { } name) return null;
        try
        {
            using var scope = torch.NewDisposeScope();
            find(name);
            return name;
        }
        catch (InputException error)
        {
            throw file.Error(key, error.Message);
        }
    }

    private Dictionary<string, StudyScale> Scales(YamlSection of, string[] keys, IReadOnlyCollection<string>? known = null)
    {
        var scales = new Dictionary<string, StudyScale>();
        if (of.Section("scales", "'scales'", keys: null) is not { } all) return scales;
        foreach (var name in all.Keys)
        {
            if (known?.Contains(name) == false) throw all.Error(name, Suggestion.Unknown("scale", name, known).Message);
            var scale = all.Section(name, $"scale '{name}'", keys)!;
            scales.Add(name, new()
            {
                Settings = scale.Settings("settings"),
                Seeds = [.. (scale.Texts("seeds") ?? []).Select(t => Invariant.TryParse(t, out long seed) && seed >= 0 ? seed : throw scale.Error("seeds", $"'{t}' is no seed, a whole number of 0 or more"))],
                LearningRates = [.. (scale.Texts("learning-rates") ?? []).Select(t => Invariant.TryParse(t, out double rate) && rate > 0 ? t : throw scale.Error("learning-rates", $"'{t}' is no learning rate, a number above 0"))],
                Rows = scale.Texts("rows"),
            });
        }
        return scales;
    }

    private static StudyMeasure Measure(YamlSection m, StudyGrid grid, StudyReadings readings)
    {
        var paper = new Dictionary<(string, string), PaperNumber>();
        if (m.Section("paper", "'paper'", [.. grid.Rows.Select(r => r.Name)]) is { } rows)
            foreach (var row in rows.Keys)
            {
                var numbers = rows.Texts(row)!;
                if (numbers.Count != grid.Columns.Count)
                    throw rows.Error(row, $"expected {grid.Columns.Count} numbers, one for each column ('none' where it has none), got {numbers.Count}");
                foreach (var (column, text) in grid.Columns.Zip(numbers))
                    if (text != "none")
                        paper.Add((row, column.Name), PaperNumber.Parse(text) ?? throw rows.Error(row, $"'{text}' is no number such as -112.5 +- 0.1"));
            }
        return new(m.RequiredText("name"), m.RequiredText("unit"), m.RequiredText("bound"), readings.Required(m), paper);
    }

    private static StudyChart Chart(YamlSection c, StudyReadings readings)
    {
        if (c.Text("histogram") is { } kind)
            return c.Has("read") || c.Has("lines") || c.Has("against")
                ? throw c.Error("histogram", "a histogram has neither 'read' nor 'lines' nor 'against'")
                : new(c.RequiredText("name"), c.RequiredText("unit"), c.RequiredText("bound"), []) { Histogram = readings.Histogram(c, kind) };
        var against = c.Text("against") ?? StudyChart.StepAxis;
        if (!StudyChart.Axes.ContainsKey(against)) throw c.Error("against", Suggestion.Unknown("axis", against, StudyChart.Axes.Keys).Message);
        var lines = c.Sections("lines", "a line", ["name", "read"]).Select(l => new StudyLine(l.RequiredText("name"), readings.Course(l, against))).ToList();
        if (lines.Count == 0) lines = [new("", readings.Course(c, against))];
        return new(c.RequiredText("name"), c.RequiredText("unit"), c.RequiredText("bound"), lines) { Against = against };
    }

    // In the folder of the run itself; what a training leaves there is known.
    private static string FileName(YamlSection p, StudyGrid grid)
    {
        var file = p.RequiredText("file");
        if (Path.GetFileName(file) != file) throw p.Error("file", $"'{file}' is no name of a file, such as snapshots.png");
        return (grid.Problem ?? grid.Demonstration) is not null || RunPictures.Contains(file) ? file : throw p.Error("file", Suggestion.Unknown("picture of a run", file, RunPictures).Message);
    }

    private static IReadOnlyList<string>? Names(YamlSection of, string key, string kind, IEnumerable<string> known)
    {
        var names = of.Texts(key);
        if (names is []) throw of.Error(key, $"'{key}' is empty");
        return names?.FirstOrDefault(n => !known.Contains(n)) is { } unknown ? throw of.Error(key, Suggestion.Unknown(kind, unknown, known).Message) : names;
    }

    // Their folders must differ too.
    private static void RequireDifferent(YamlSection file, string key, IEnumerable<string> names)
    {
        var groups = names.GroupBy(StudyRun.FolderName).ToList();
        if (groups.Count == 0) throw file.Error(key, $"a study needs at least one of '{key}'");
        if (groups.FirstOrDefault(g => g.Count() > 1) is { } same) throw file.Error(key, $"the names of {key} are too much alike: {string.Join(", ", same)}");
    }
}
