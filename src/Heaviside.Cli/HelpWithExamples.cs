using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Heaviside.Cli.Output;
using Heaviside.Configuration;

namespace Heaviside.Cli;

/// <summary>The usual help, and below it how the command is typed.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Example[] First =
    [
        new("train", "train the default model on Fashion-MNIST"),
        new("estimators", "the gradient estimators there are"),
        new("doctor", "what this machine has"),
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (Terminal.Columns is { } columns && !Terminal.IsInteractive) usual.MaxWidth = columns;
        var code = usual.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command is CommandWithExamples command ? command.Examples : First;
        var width = examples.Max(e => e.Arguments.Length);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var (arguments, meaning) in examples) output.WriteLine($"  {HostProgram.Name} {arguments.PadRight(width)}  {meaning}");
        output.WriteLine();
        return code;
    }
}
