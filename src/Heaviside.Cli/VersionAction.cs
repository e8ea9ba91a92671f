using System.CommandLine;
using System.CommandLine.Invocation;

namespace Heaviside.Cli;

/// <summary>Prints the version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <summary>The program's version, such as <c>0.1.0</c>.</summary>
    internal static string Version => typeof(VersionAction).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine($"heaviside {Version}");
        return Application.Success;
    }
}
