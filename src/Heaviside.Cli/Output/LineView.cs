namespace Heaviside.Cli.Output;

/// <summary>Shows a run as plain lines, one for every epoch and validation: for files and pipes.</summary>
internal sealed class LineView : TextView
{
    /// <inheritdoc/>
    public override void Note(string message) => Console.Out.WriteLine(message);

    /// <inheritdoc/>
    protected override void WriteRow(string row, string? validation) =>
        Console.Out.WriteLine(string.Join("  ", new[] { row, validation, Pace!.PaceText }.Where(part => part is not null)).TrimEnd());
}
