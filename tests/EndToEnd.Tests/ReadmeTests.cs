using System.Text.RegularExpressions;
using Heaviside.Cli;

namespace EndToEnd.Tests;

public sealed partial class ReadmeTests
{
    [SkippableFact]
    public void Commands_InTheReadme_Parse()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Heaviside.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException("the source tree");
        var readme = Path.Combine(root.FullName, "README.md");
        Skip.IfNot(File.Exists(readme), "there is no README.md");

        var commands = Fence().Matches(File.ReadAllText(readme)).SelectMany(block => Command().Matches(block.Value)).Select(m => m.Groups[1].Value.Trim()).ToList();
        commands.ShouldNotBeEmpty();
        foreach (var command in commands) ParseProblem.Find(CommandLine.Create().Parse(command)).ShouldBeNull(command);
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    // The arguments of ./heaviside up to a comment, a pipe or a redirection.
    [GeneratedRegex(@"^[\s$]*\./heaviside\b([^#|>\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
