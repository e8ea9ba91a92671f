using System.Diagnostics;

namespace Heaviside.Cli;

/// <summary>The program that runs, once more in a process of its own: it has the same libraries and the same catalogues.</summary>
internal static class ThisProgram
{
    /// <summary>How it is started.</summary>
    internal static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        // What is not built for one system is started by dotnet.
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        return new(program, [.. assembly, .. arguments]);
    }
}
