using System.CommandLine;

namespace Heaviside.Cli;

/// <summary>A command whose help shows how it is typed.</summary>
internal sealed class CommandWithExamples(string name, string description, params Example[] examples) : Command(name, description)
{
    /// <summary>At least one.</summary>
    internal IReadOnlyList<Example> Examples { get; } = examples;

    /// <summary>Adds arguments and options.</summary>
    internal void Add(IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) Add(argument);
            else Add((Option)symbol);
        }
    }

    /// <summary>This command, which does what is said here and returns the exit code.</summary>
    internal Command Doing(Func<ParseResult, int> run)
    {
        SetAction(run);
        return this;
    }

    /// <summary>The same of what waits.</summary>
    internal Command Doing(Func<ParseResult, Task<int>> run)
    {
        SetAction(run);
        return this;
    }
}
