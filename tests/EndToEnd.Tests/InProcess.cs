using Heaviside.Cli;
using Heaviside.Configuration;

namespace EndToEnd.Tests;

/// <summary>The program in this process, which takes its console: such tests run alone.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class InProcess
{
    internal const string Alone = "the program in the process of the tests";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line to its end.</summary>
    internal static CliResult Run(IReadOnlyList<string> arguments, string program = "heaviside")
    {
        var (output, error) = (Console.Out, Console.Error);
        using StringWriter written = new(), complained = new();
        Console.SetOut(written);
        Console.SetError(complained);
        try
        {
            var run = Task.Run(() => HeavisideProgram.Run([.. arguments], program));
            return run.Wait(Limit) ? new(run.Result, written.ToString(), complained.ToString()) : throw new TimeoutException($"did not end: {string.Join(' ', arguments)}");
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            HostProgram.Name = "heaviside";
        }
    }
}
