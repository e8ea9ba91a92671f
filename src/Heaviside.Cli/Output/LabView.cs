using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>Shows a study: a bar on a terminal, a line a report in a file or pipe, JSON objects for programs, and tables at the end.</summary>
internal sealed class LabView(bool asJson)
{
    /// <summary>Takes rows as they come into the folder while showing how far the steps are.</summary>
    internal void Follow(LabFolder folder, long steps, Func<Action<long>, IEnumerable<ILabRow>> run)
    {
        if (asJson || !Terminal.IsInteractive)
        {
            foreach (var row in run(_ => { }))
            {
                folder.Add(row);
                if (asJson) Json.Write(ToJson(row));
                else if (row is not (SweepRow or BinRow)) Console.Out.WriteLine(Line(row)); // the table at the end, or a picture, has these in one view
            }

            return;
        }

        Terminal.Out.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                var bar = progress.AddTask("steps", maxValue: steps);
                foreach (var row in run(step => bar.Value = step)) folder.Add(row);
            });
    }

    /// <summary>What is studied, before it starts.</summary>
    internal void WriteHeader(LabFolder folder)
    {
        if (asJson) Json.Write(new JsonObject { ["kind"] = "study", ["title"] = folder.Title, ["conditions"] = folder.Conditions, ["folder"] = folder.Root });
        else RunText.Pairs(("study", folder.Title), ("conditions", folder.Conditions), ("folder", folder.Root));
    }

    /// <summary>Writes the files of a study, and shows the last report of every estimator, and the sweep.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="done">Steps done.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="more">What else was done.</param>
    internal void Finish(LabFolder folder, long done, long steps, string more = "")
    {
        folder.Finish(done < steps ? $"{Format.Of(done)} of {Format.Of(steps)} steps, then interrupted{more}" : $"{Format.Of(done)} steps{more}");
        if (asJson) return;
        WriteTable(Last(folder.Rows.OfType<VarianceRow>(), r => r.Estimator), ["log variance", "about the common mean", "ms / gradient"], r => r.Estimator, r => [Number(r.LogVariance), Number(r.CommonLogVariance), Number(r.Milliseconds)]);
        WriteTable(Last(folder.Rows.OfType<ToyRow>(), r => r.Estimator), ["E[f]", "above its minimum", "log variance"], r => r.Estimator, r => [r.Value.ToString("F6", CultureInfo.InvariantCulture), Number(r.Excess), Number(r.LogVariance)]);
        WriteDemonstration([.. folder.Rows.Where(r => r is ToyRegressionRow or HalfSpaceRow)]);
        var sweep = folder.Rows.OfType<SweepRow>().ToList();
        if (sweep.Count == 0) return;
        WriteTable(
            sweep, ["at", "bias / gradient", "standard error", "log variance"], r => r.Report.Name,
            r => [r.Value is null ? "any" : $"{r.Setting} {Number(r.Value)}", Number(r.Report.RelativeBias), Number(r.Report.RelativeError), Number(r.Report.LogVariance)]);
        Terminal.Out.WriteLine("  The bias is the length of mean - exact gradient; an unbiased estimator shows about one standard error.");
    }

    // How it began and how it ended.
    private static void WriteDemonstration(IReadOnlyList<ILabRow> rows)
    {
        if (rows.Count == 0) return;
        var table = Terminal.Table([.. rows[0].Fields.Select(f => f.Name)]);
        foreach (var column in table.Columns) column.RightAligned();
        foreach (var row in new[] { rows[0], rows[^1] }) table.AddRow([.. row.Fields.Select(f => Markup.Escape(Text(f.Value)))]);
        Terminal.Write(table);
    }

    private static void WriteTable<T>(IReadOnlyCollection<T> rows, string[] columns, Func<T, string> name, Func<T, string[]> cells)
    {
        if (rows.Count == 0) return;
        var table = Terminal.Table(["estimator", .. columns]);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var row in rows) table.AddRow([.. cells(row).Prepend(name(row)).Select(Markup.Escape)]);
        Terminal.Write(table);
    }

    private static IReadOnlyCollection<T> Last<T>(IEnumerable<T> rows, Func<T, string> name) => [.. rows.GroupBy(name).Select(g => g.Last())];

    private static JsonObject ToJson(ILabRow row)
    {
        var json = LabFolder.ToJson(row);
        json.Insert(0, "kind", row.Kind);
        return json;
    }

    private static string Line(ILabRow row) => string.Join("  ", row.Fields.Select(f => $"{f.Name} {Text(f.Value)}"));

    private static string Text(object? value) => value is double number ? Number(number) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "-";

    private static string Number(double? value) => value switch
    {
        null => "-",
        double.NegativeInfinity => "no variance",
        { } v => v.ToString(Math.Abs(v) is >= 1e-2 or 0 ? "0.####" : "0.###e0", CultureInfo.InvariantCulture),
    };
}
