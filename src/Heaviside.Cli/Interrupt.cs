using System.Runtime.InteropServices;
using Heaviside.Cli.Output;

namespace Heaviside.Cli;

/// <summary>Turns the first Ctrl-C or termination signal into a request to stop; the second ends the process at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly string announcement;
    private int signals;

    /// <summary>Listens from now on.</summary>
    /// <param name="announcement">What the first signal prints: what happens now.</param>
    internal Interrupt(string announcement)
    {
        this.announcement = announcement;
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(s => PosixSignalRegistration.Create(s, Handle))];
    }

    /// <summary>Requested by the first signal.</summary>
    internal CancellationToken Token => source.Token;

    /// <summary>Takes the end of the standard input for a first signal too: a program that holds its other end can stop this one, and cannot leave it behind.</summary>
    internal void ListenToInput() => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        while (input.Read(new byte[256]) > 0)
        {
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // What would have been stopped is done.
        }
    })
    { IsBackground = true }.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref signals) > 1)
        {
            if (!Console.IsOutputRedirected) Console.Out.Write("\e[?25h"); // a live display hides the cursor
            return;
        }

        context.Cancel = true;
        source.Cancel();
        if (!Console.IsErrorRedirected) ErrorOutput.WriteLine(""); // after the ^C of the terminal
        ErrorOutput.WriteLine(announcement);
    }
}
