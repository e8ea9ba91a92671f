using System.CommandLine;
using System.Runtime.InteropServices;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.OrTools;
using Heaviside.Training;

namespace Heaviside.Cli;

/// <summary>Runs a command line and turns whatever goes wrong into one line and an exit code.</summary>
internal static class Application
{
    internal const int Success = 0, Failure = 1, WrongInput = 2, Interrupted = 130;

    internal static int Run(string[] args)
    {
        try
        {
            OrToolsOracles.Register();
            var parsed = CommandLine.Create().Parse(args);
            if (ParseProblem.Find(parsed) is { } problem) throw new InputException(problem);
            if (parsed.Action?.ClearsParseErrors != true) Machine.Prepare(); // help needs no libtorch
            // Signals are the commands' own matter: training ends with a checkpoint.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception error)
        {
            return Report(error is AggregateException or TypeInitializationException && error.InnerException is { } inner ? inner : error);
        }
    }

    private static int Report(Exception error)
    {
        var code = ExitCode(error);
        var wantsTrace = code is null || Environment.GetEnvironmentVariable("HEAVISIDE_DEBUG") == "1";
        var message = error is ExternalException ? error.Message.Split('\n')[0] : error.Message.ReplaceLineEndings(" "); // libtorch adds its stack
        message = string.Concat(message.Select(c => char.IsControl(c) ? '?' : c)); // what a file or a server says must not steer the terminal
        if (code is null) message = $"this is a bug in {HostProgram.Name}; please report it: {message}";
        ErrorOutput.WriteLine($"{HostProgram.Name}: {message}");
        if (wantsTrace) ErrorOutput.WriteLine($"{error}");
        return code ?? Failure;
    }

    // Null: nothing that a person or a machine is known to cause.
    private static int? ExitCode(Exception error) => error switch
    {
        InputException or UnsupportedException => WrongInput,
        OperationCanceledException => Interrupted,
        NonFiniteException or DivergedException or ExternalException or IOException or UnauthorizedAccessException or HttpRequestException
            or OutOfMemoryException or DllNotFoundException => Failure,
        _ => null,
    };
}
