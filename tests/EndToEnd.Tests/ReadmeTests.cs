using System.Text.RegularExpressions;
using Heaviside.Cli;
using Heaviside.Data;

namespace EndToEnd.Tests;

/// <summary>What the README and the pages under docs/ tell a person to type.</summary>
public sealed partial class ReadmeTests(FinishedRuns runs) : IClassFixture<FinishedRuns>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands => [.. CommandsIn("README.md")];

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Path.Combine(Shell.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Shell.Root, "CONTRIBUTING.md")).Select(f => Path.GetRelativePath(Shell.Root, f))];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Readme_HasCommands() => CommandsIn("README.md").Count.ShouldBeGreaterThan(10);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_OnAPage_Parse(string page)
    {
        foreach (var command in CommandsIn(page)) ParseProblem.Find(CommandLine.Create().Parse(command)).ShouldBeNull(command);
    }

    // As they stand, but for what takes long: fewer steps, draws and samples, and the smallest scale.
    [SkippableTheory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Commands))]
    public void Command_OfTheReadme_Runs(string command)
    {
        TinyRun.RequireData();
        var name = command.Split(' ')[0];
        if (DataCatalog.Set("mnist-static").Find(DataFolders.Standard()) is null)
        {
            Skip.If(name == "reproduce", "mnist-static is not installed (heaviside data fetch mnist-static)");
            command = command.Replace("mnist-static", "fashion-mnist", StringComparison.Ordinal);
        }

        var line = Long().Replace(command, m => m.Value[..m.Groups[1].Length] + (name == "reproduce" ? "smoke" : "2"));
        Cli.Shell($"cd {folder.Root} && $HEAVISIDE {line.Replace("RUN", name == "partition" ? runs.LargeMachine : runs.For(name), StringComparison.Ordinal)} {Short(command)}").ShouldSucceed();
    }

    private string Short(string command) => command.Split(' ') switch
    {
        ["train", "--resume", ..] => $"--data-dir {runs.Data}",
        ["train", "boltzmann-vae", ..] => "--steps 2 --set test-samples=2 partition-betas=10 partition-chains=10",
        ["train", ..] => "--steps 2 --set test-samples=2",
        ["check", ..] => "--draws 1000",
        ["variance", ..] => "--steps 5 --draws 50",
        ["bench", ..] => "--rounds 1 --steps 1",
        ["partition", ..] => $"--burn-in 100 --data-dir {runs.Data}",
        ["evaluate" or "sample" or "reconstruct" or "cluster", ..] => $"--data-dir {runs.Data}",
        _ => "",
    };

    // The arguments of ./heaviside in blocks, up to a comment, a pipe or a redirection.
    private static List<string> CommandsIn(string file) =>
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Shell.Root, file))).SelectMany(block => Command().Matches(block.Value)).Select(m => m.Groups[1].Value.Trim())];

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^[\s$]*\./heaviside\b([^#|>\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"((?:--scale|--samples) )\S+")]
    private static partial Regex Long();
}
