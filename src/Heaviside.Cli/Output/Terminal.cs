using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>The standard output as Spectre.Console sees it.</summary>
internal static class Terminal
{
    // Wide enough that no table wraps in a file or a pipe.
    private const int WidthOfFiles = 500;

    private static readonly Lazy<IAnsiConsole> Console = new(Create);

    /// <summary>Colors and widths as the terminal has them; plain text when the output is none.</summary>
    internal static IAnsiConsole Out => Console.Value;

    /// <summary>Whether lines can be redrawn.</summary>
    internal static bool IsInteractive => !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>A table in the style of all tables here.</summary>
    internal static Table Table(params string[] headers)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers) table.AddColumn(new TableColumn($"[grey]{Markup.Escape(header)}[/]"));
        return table;
    }

    private static IAnsiConsole Create()
    {
        if (IsInteractive) return AnsiConsole.Create(new AnsiConsoleSettings());
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        plain.Profile.Width = WidthOfFiles;
        return plain;
    }
}
