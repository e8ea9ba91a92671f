using System.Globalization;
using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>The standard output as Spectre.Console sees it.</summary>
internal static class Terminal
{
    // Wide enough that no table wraps in a file or a pipe.
    private const int WidthOfFiles = 500, Narrowest = 20;

    private static readonly Lazy<IAnsiConsole> Console = new(Create);

    /// <summary>Colors and widths as the terminal has them; plain text when the output is none.</summary>
    internal static IAnsiConsole Out => Console.Value;

    /// <summary>Whether lines can be redrawn.</summary>
    internal static bool IsInteractive => !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Characters in a line of a table: the terminal's; in a file or a pipe what COLUMNS says, or as many as it takes.</summary>
    internal static int Width => IsInteractive ? Out.Profile.Width : Columns ?? WidthOfFiles;

    /// <summary>What COLUMNS says, or null.</summary>
    internal static int? Columns =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) ? Math.Max(columns, Narrowest) : null;

    /// <summary>A table in the style of all tables here.</summary>
    internal static Table Table(params string[] headers)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers) table.AddColumn(new TableColumn($"[grey]{Markup.Escape(header)}[/]"));
        return table;
    }

    /// <summary>Writes a table that breaks no word, as a list where it is too wide for that.</summary>
    internal static void Write(Table table) => FittedTable.Write(table);

    private static IAnsiConsole Create()
    {
        if (IsInteractive) return AnsiConsole.Create(new AnsiConsoleSettings());
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        plain.Profile.Width = WidthOfFiles;
        return plain;
    }
}
