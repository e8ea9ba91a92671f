using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heaviside.Cli.Output;

/// <summary>Writes tables so that lines break between words alone: names can be read, and copied, at any width.</summary>
internal static class FittedTable
{
    // Of a border without vertical lines: a space to both sides of each column, one between two, and one at both ends.
    private static int Overhead(int columns) => (3 * columns) + 1;

    /// <summary>Writes a table that fits the width, or, where its longest words do not, a list with a row's first cell on a line and the others below it.</summary>
    internal static void Write(Table table)
    {
        if (TryFit(table)) Terminal.Out.Write(table);
        else WriteList(table);
    }

    /// <summary>Gives every column the width of its longest word at least; false, and nothing is changed, where there is no room for that.</summary>
    internal static bool TryFit(Table table)
    {
        var room = Terminal.Width - Overhead(table.Columns.Count);
        var options = RenderOptions.Create(Terminal.Out, Terminal.Out.Profile.Capabilities);
        var sizes = table.Columns.Select((column, i) => table.Rows.Select(row => row[i]).Append(column.Header).Select(cell => cell.Measure(options, int.MaxValue)).ToList()).ToList();
        int[] words = [.. sizes.Select(cells => cells.Max(c => c.Min))], widths = [.. sizes.Select(cells => cells.Max(c => c.Max))];
        if (words.Sum() > room) return false;

        // The widest give way first, none more than to its longest word.
        while (widths.Sum() > room) widths[Enumerable.Range(0, widths.Length).Where(i => widths[i] > words[i]).MaxBy(i => widths[i])]--;
        foreach (var (column, width) in table.Columns.Zip(widths)) column.Width = width;
        return true;
    }

    private static void WriteList(Table table)
    {
        string[] headers = [.. table.Columns.Select(c => Text(c.Header))];
        Terminal.Out.WriteLine();
        if (headers[0] != "") WriteLines($"{headers[0]}:", indent: 0);
        foreach (var row in table.Rows)
        {
            string[] cells = [.. row.Select(Text)];
            if (cells[0] != "") WriteLines(cells[0], indent: 2);
            WriteLines(string.Join("; ", headers.Zip(cells).Skip(1).Where(c => c.Second != "").Select(c => c.First == "" ? c.Second : $"{c.First}: {c.Second}")), indent: 4);
        }

        Terminal.Out.WriteLine();
    }

    private static void WriteLines(string text, int indent)
    {
        foreach (var line in Words.Wrap(text, Terminal.Width - indent)) Terminal.Out.Profile.Out.Writer.WriteLine(new string(' ', indent) + line);
    }

    private static string Text(IRenderable cell) => string.Concat(cell.GetSegments(Terminal.Out).Select(s => s.IsLineBreak ? " " : s.Text)).Trim();
}
