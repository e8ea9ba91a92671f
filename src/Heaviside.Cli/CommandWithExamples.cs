using System.CommandLine;

namespace Heaviside.Cli;

/// <summary>A command whose help shows how it is typed.</summary>
internal sealed class CommandWithExamples(string name, string description, params Example[] examples) : Command(name, description)
{
    /// <summary>At least one.</summary>
    internal IReadOnlyList<Example> Examples { get; } = examples;
}
