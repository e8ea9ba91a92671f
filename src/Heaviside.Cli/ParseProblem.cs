using System.CommandLine;
using System.CommandLine.Parsing;
using Heaviside.Configuration;

namespace Heaviside.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class ParseProblem
{
    /// <summary>The first problem with the nearest name that would have been right, or null when all is well.</summary>
    internal static string? Find(ParseResult parsed)
    {
        if (parsed.Action?.ClearsParseErrors == true) return null;
        var command = parsed.CommandResult.Command;
        // A command's free argument would swallow a misspelled option.
        var option = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal));
        if (option is not null) return Unknown("option", option.Value, Options(parsed.CommandResult), command);
        if (parsed.Tokens.FirstOrDefault(t => t.Type == TokenType.Argument && string.IsNullOrWhiteSpace(t.Value)) is { } blank)
            return $"{After(parsed.Tokens, blank)} is an empty text; see {Path(command)} --help";
        if (parsed.Errors.Count == 0) return null;
        return parsed.UnmatchedTokens is [var word, ..]
            ? Unknown(command.Subcommands.Count > 0 ? "command" : "argument", word, command.Subcommands.Select(c => c.Name), command)
            : $"{LowerFirst(parsed.Errors[0].Message.TrimEnd('.'))}; see {Path(command)} --help";
    }

    private static string Unknown(string kind, string word, IEnumerable<string> known, Command command)
    {
        var hint = Suggestion.Nearest(word.Split('=')[0], known) is { } nearest ? $"did you mean '{nearest}'? " : "";
        return $"unknown {kind} '{word}'; {hint}see {Path(command)} --help";
    }

    // What stands before an empty value is what to look for.
    private static string After(IReadOnlyList<Token> tokens, Token blank) =>
        tokens.TakeWhile(t => !ReferenceEquals(t, blank)).LastOrDefault() is { } before ? $"what follows '{before.Value}'" : "the argument";

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static IEnumerable<string> Options(CommandResult result)
    {
        var own = result.Command.Options.Select(o => o.Name);
        return result.Parent is CommandResult parent ? own.Concat(parent.Command.Options.Where(o => o.Recursive).Select(o => o.Name)) : own;
    }

    private static string Path(Command command) =>
        command is RootCommand ? HostProgram.Name : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";
}
