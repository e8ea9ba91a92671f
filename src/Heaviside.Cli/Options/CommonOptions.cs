using System.CommandLine;
using Heaviside.Configuration;

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

    /// <summary>The first folder of a name that is free: <c>runs/NAME-1</c>, <c>runs/NAME-2</c>, ...</summary>
    internal static string NumberedFolder(string name) =>
        Enumerable.Range(1, int.MaxValue).Select(n => Path.Combine("runs", $"{name}-{n}")).First(path => !Path.Exists(path));

    /// <summary>Settings from what follows <c>--set</c>, and from options that are short for one, where these are given.</summary>
    internal static Settings Settings(string[]? set, params IEnumerable<(string Key, string? Value)> options) =>
        new Settings(set?.Select(ParseSetting)).With(options.Where(o => o.Value is not null).Select(o => KeyValuePair.Create(o.Key, o.Value!)));

    /// <summary>Reads what follows <c>--set</c>.</summary>
    internal static KeyValuePair<string, string> ParseSetting(string text) =>
        text.IndexOf('=') is var at and > 0
            ? new(text[..at], text[(at + 1)..])
            : throw new InputException($"--set '{text}': expected KEY=VALUE");
}
