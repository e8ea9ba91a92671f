using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Heaviside.Files;

namespace Heaviside.Laboratory;

/// <summary>The folder of a study: metrics.jsonl grows row by row; tables and charts are written at the end, each with the conditions.</summary>
public sealed class LabFolder : IDisposable
{

    private readonly MetricsLog metrics;
    private readonly List<ILabRow> rows = [];

    /// <summary>Makes the folder.</summary>
    /// <param name="root">Its path; it must not exist or be empty.</param>
    /// <param name="title">What is studied, in a few words.</param>
    /// <param name="conditions">Data, binarization, seed, and the protocol.</param>
    /// <exception cref="InputException">There is something of that name.</exception>
    public LabFolder(string root, string title, string conditions)
    {
        if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
            throw new InputException($"{root} is there already; give another folder with --out");
        Directory.CreateDirectory(root);
        (Root, Title, Conditions) = (root, title, conditions);
        metrics = MetricsLog.Create(Path.Combine(root, RunFileName.Metrics));
        metrics.Append(("kind", "study"), ("title", title), ("conditions", conditions));
    }

    /// <summary>The path.</summary>
    public string Root { get; }

    /// <summary>What is studied.</summary>
    public string Title { get; }

    /// <summary>Data, binarization, seed, and the protocol; a reader of any number here must know them.</summary>
    public string Conditions { get; }

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<ILabRow> Rows => rows;

    /// <summary>Whether a process works in a folder now; false where there is none.</summary>
    public static bool IsInUse(string root) => Disk.IsInUse(Path.Combine(root, RunFileName.Metrics));

    /// <summary>Adds a row.</summary>
    public void Add(ILabRow row)
    {
        rows.Add(row);
        metrics.Append([("kind", row.Kind), .. row.Fields]);
    }

    /// <summary>Writes for every kind of row a table as CSV and JSON, and the charts and pictures.</summary>
    /// <param name="note">What else must be known: steps done, an interruption.</param>
    public void Finish(string note)
    {
        var conditions = $"{Conditions}; {note}";
        metrics.Append(("kind", "end"), ("note", note));
        foreach (var kind in rows.GroupBy(r => r.Kind))
        {
            AtomicFile.WriteText(Path.Combine(Root, $"{kind.Key}.csv"), Csv([.. kind], conditions));
            AtomicFile.WriteText(Path.Combine(Root, $"{kind.Key}.json"), ToJson([.. kind], conditions).ToString() + "\n");
        }

        foreach (var (name, chart) in LabCharts.Of(rows, Title, conditions)) chart.Write(Path.Combine(Root, name));
    }

    /// <summary>A row as a JSON object.</summary>
    public static JsonObject ToJson(ILabRow row) => new(row.Fields.Select(f => KeyValuePair.Create(f.Name, Node(f.Value))));

    /// <inheritdoc/>
    public void Dispose() => metrics.Dispose();

    private static JsonObject ToJson(IReadOnlyList<ILabRow> rows, string conditions) => new()
    {
        ["conditions"] = conditions,
        ["rows"] = new JsonArray([.. rows.Select(ToJson)]),
    };

    private static string Csv(IReadOnlyList<ILabRow> rows, string conditions)
    {
        var csv = new StringBuilder($"# {conditions}\n");
        csv.AppendJoin(',', rows[0].Fields.Select(f => f.Name)).Append('\n');
        foreach (var row in rows) csv.AppendJoin(',', row.Fields.Select(f => Cell(f.Value))).Append('\n');
        return csv.ToString();
    }

    private static string Cell(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // JSON has no infinity: the logarithm of no variance is null.
    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        double number => double.IsFinite(number) ? number : null,
        long number => number,
        int number => number,
        string text => text,
        _ => throw new ArgumentException($"expected a number or text, got {value.GetType()}", nameof(value)),
    };
}
