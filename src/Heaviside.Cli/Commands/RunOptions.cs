using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary>The argument and the options of commands that work on a run as of its newest checkpoint.</summary>
internal sealed class RunOptions
{
    private readonly Argument<string> run = new("RUN") { Description = "Folder of a run" };
    private readonly Option<string?> device = CommonOptions.Device();
    private readonly Option<string?> dataDir = CommonOptions.DataDir();

    /// <summary>All of them, for a command.</summary>
    internal IEnumerable<Symbol> All => [run, device, dataDir];

    /// <summary>The folder of the run.</summary>
    internal string Folder(ParseResult parsed) => parsed.GetRequiredValue(run);

    /// <summary>The run's experiment with the best weights as of its newest checkpoint.</summary>
    internal Experiment Load(ParseResult parsed)
    {
        using var folder = RunFolder.OpenToRead(Folder(parsed));
        KeyValuePair<string, string>[] overrides = parsed.GetValue(device) is { } d ? [new("device", d)] : [];
        return RunReport.Load(folder, DataFolders.Standard(parsed.GetValue(dataDir)), ErrorOutput.WriteLine, overrides);
    }
}
