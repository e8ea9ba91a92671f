using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Heaviside.Cli;

namespace EndToEnd.Tests;

/// <summary>Every option and argument of every command with what it cannot have: a line, exit code 2, no type's name, no trace.</summary>
/// <remarks>The commands, options and arguments are those of the parsed tree, so that a new one is among them.</remarks>
[Collection(InProcess.Alone)]
public sealed partial class CommandLineFuzzTests(FinishedRuns runs) : IClassFixture<FinishedRuns>, IDisposable
{
    private const long MostMemory = 1L << 30;

    // Nothing has these as its name, number or schedule.
    private static readonly string[] Wrong = ["", " ", "abc", "1x1", "-1e9", "1e400", "NaN", "0x10", "1.2.3", "[1", "½", "a,b)", "\u001b[31mred"];
    private static readonly string[] WrongNumbers = ["99999999999999999999", "0.5", "-1", "1,000", "١"];
    private static readonly string[] Paths = ["", " ", "/proc/nowhere", "/dev/null/below", "FILE/below", "FILE/", "FOLDER/" + LongName, LongName + "/below"];
    private const string LongName = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjaaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjaaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjj";

    private readonly TemporaryFolder folder = new();
    private int made;

    public static TheoryData<string> Commands => [.. Descendants(CommandLine.Create(), "").Where(c => c != "")];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_WithWrongValues_SaysSoInOneLine(string path)
    {
        File.WriteAllText(folder["file"], "");
        var command = path.Split(' ').Aggregate((Command)CommandLine.Create(), (c, name) => c.Subcommands.Single(s => s.Name == name));
        var cases = command.Options.Concat(Recursive(command)).Distinct().SelectMany(o => Lines(path, o)).Concat(command.Arguments.SelectMany(a => Lines(path, a))).ToList();
        var faults = cases.Select(Fault).OfType<string>().ToList();
        faults.ShouldBeEmpty(string.Join('\n', faults));
        using var process = Process.GetCurrentProcess();
        process.WorkingSet64.ShouldBeLessThan(MostMemory);
    }

    // What a message must not be, or null.
    private static string? Fault((string[] Arguments, int[] Codes) line)
    {
        var result = InProcess.Run(line.Arguments);
        var isGood = line.Codes.Contains(result.ExitCode) && result.Error.TrimEnd('\n').Split('\n') is [var only] && only.StartsWith("heaviside: ", StringComparison.Ordinal)
            && !Internal().IsMatch(only) && !only.Any(char.IsControl);
        return isGood ? null : $"{string.Join(' ', line.Arguments.Select(a => $"'{a}'"))}: exit code {result.ExitCode}: {result.Error}";
    }

    private IEnumerable<(string[], int[])> Lines(string path, Option option)
    {
        if (option.Action is not null) yield break; // --help and --version: they say what they are for, whatever else is there
        if (option.ValueType == typeof(bool))
        {
            foreach (var value in Wrong.Where(v => v != "")) yield return ([.. Line(path, option.Name), $"{option.Name}={value}"], [2]); // nothing after the sign is no value
            yield break;
        }

        var isPath = option.Name is "--out" or "--to";
        foreach (var value in isPath ? Paths : option.ValueType == typeof(string) || option.ValueType == typeof(string[]) ? Wrong : [.. Wrong, .. WrongNumbers])
            yield return ([.. Line(path, option.Name), option.Name, Filled(value)], isPath ? [1, 2] : [2]);
        if (option.ValueType == typeof(int) || option.ValueType == typeof(int[])) yield return ([.. Line(path, option.Name), option.Name, "99999999999"], [2]);
        yield return ([.. Line(path, option.Name), option.Name], [2]);
        if (!option.AllowMultipleArgumentsPerToken) yield return ([.. Line(path, option.Name), option.Name, "1", option.Name, "2"], [2]);
    }

    private IEnumerable<(string[], int[])> Lines(string path, Argument argument)
    {
        foreach (var value in Wrong) yield return ([.. path.Split(' '), value, .. Options(path, argument.Name)], [2]);
        yield return ([.. Line(path, argument.Name), "another", "argument"], [2]);
    }

    private string Filled(string value) => value.Replace("FILE", folder["file"], StringComparison.Ordinal).Replace("FOLDER", folder.Root, StringComparison.Ordinal);

    // A line that is right, and does little, without an option: what is wrong then is the option's value.
    private IEnumerable<string> Line(string path, string without) => [.. path.Split(' '), .. Target(path), .. Options(path, without)];

    private IEnumerable<string> Options(string path, string without) => Given(path, without).Where(o => o.Key != without).SelectMany(o => o.Value.Prepend(o.Key));

    private string[] Target(string path) => path switch
    {
        "reproduce" => ["rebar/toy"],
        "data fetch" => ["mnist"],
        "variance" => ["one-bit"],
        "demo" => ["toy-regression"],
        "evaluate" or "cluster" or "sample" or "reconstruct" or "mixing" or "partition" => [runs.For(path)],
        _ => [],
    };

    private IReadOnlyDictionary<string, string[]> Given(string path, string without) => path switch
    {
        "train" when without == "--resume" => new Dictionary<string, string[]>(),
        "train" => runs.Training(New()),
        "reproduce" => new Dictionary<string, string[]> { ["--only"] = ["no run has this name"], ["--out"] = [New()] },
        "data fetch" => new Dictionary<string, string[]> { ["--to"] = [New()], ["--mirror"] = ["http://127.0.0.1:1/"] },
        "variance" => new Dictionary<string, string[]> { ["--estimators"] = ["reinforce"], ["--steps"] = ["1"], ["--sweep"] = ["[]"], ["--out"] = [New()] },
        "demo" => new Dictionary<string, string[]> { ["--steps"] = ["1"], ["--set"] = ["batch-size=5"], ["--out"] = [New()] },
        "check" => new Dictionary<string, string[]> { ["--estimator"] = ["reinforce"], ["--problem"] = ["one-bit"], ["--draws"] = ["100"] },
        "evaluate" => new Dictionary<string, string[]> { ["--samples"] = ["2"], ["--data-dir"] = [runs.Data] },
        "cluster" or "partition" => new Dictionary<string, string[]> { ["--data-dir"] = [runs.Data] },
        "sample" or "reconstruct" or "mixing" => new Dictionary<string, string[]> { ["--data-dir"] = [runs.Data], ["--out"] = [New() + ".png"] },
        _ => new Dictionary<string, string[]>(),
    };

    private string New() => folder[$"new-{made++}"];

    private static IEnumerable<Option> Recursive(Command command) => command.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive).Concat(Recursive(p)));

    private static IEnumerable<string> Descendants(Command command, string path) =>
        command.Subcommands.SelectMany(c => Descendants(c, $"{path} {c.Name}".TrimStart())).Prepend(path);

    [GeneratedRegex(@"System\.|Nullable|Int32|Int64|UInt|Boolean|String\b|Exception|`\d|   at |bug in heaviside")]
    private static partial Regex Internal();
}
