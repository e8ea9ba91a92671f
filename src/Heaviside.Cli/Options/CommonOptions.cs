using System.CommandLine;

namespace Heaviside.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>For programs that start this one.</summary>
    internal const string StopWithInputName = "--stop-with-input";

    internal static Option<bool> StopWithInput()
    {
        var option = CheckedOption.Switch(StopWithInputName, "Stop, keeping what there is, when the standard input ends");
        option.Hidden = true;
        return option;
    }

    internal static Option<bool> Json(string description) => CheckedOption.Switch("--json", description);

    internal static Option<string?> DataDir() => new("--data-dir") { Description = "Folder to look for data sets in, before the usual ones", HelpName = "FOLDER" };

    internal static Option<string?> Device() => new("--device") { Description = "Where to compute: cpu, cuda or cuda:N", HelpName = "DEVICE" };

    /// <summary>Reads what follows <c>--set</c>.</summary>
    internal static KeyValuePair<string, string> ParseSetting(string text) =>
        text.IndexOf('=') is var at and > 0
            ? new(text[..at], text[(at + 1)..])
            : throw new InputException($"--set '{text}': expected KEY=VALUE");
}
