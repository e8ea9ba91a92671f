using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>How a command ended and what it printed.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output, each a JSON object.</summary>
    internal IReadOnlyList<JsonObject> JsonLines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    internal CliResult ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Error);
        return this;
    }

    /// <summary>One line on standard error that has all of the parts, and no stack trace.</summary>
    internal CliResult ShouldFail(int exitCode, params string[] parts)
    {
        ExitCode.ShouldBe(exitCode, Error);
        Error.TrimEnd('\n').Split('\n').Length.ShouldBe(1, Error);
        Error.ShouldStartWith("heaviside: ");
        foreach (var part in parts) Error.ShouldContain(part);
        return this;
    }
}
