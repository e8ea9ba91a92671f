using System.Diagnostics;
using System.Runtime.Versioning;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Keeps this thread, and processes that are included, on one core, so that both sides of a comparison have the same.</summary>
internal sealed class OneCore : IDisposable
{
    private readonly nint before;
    private readonly nint core;

    [SupportedOSPlatform("linux")]
    private OneCore()
    {
        using var self = Process.GetCurrentProcess();
        before = self.ProcessorAffinity;
        core = before & -before; // the lowest of those allowed
        self.ProcessorAffinity = core;
    }

    /// <summary>Moves to one core until disposed; null on systems that cannot.</summary>
    internal static OneCore? Take() => OperatingSystem.IsLinux() ? new OneCore() : null;

    /// <summary>Puts another process on the same core.</summary>
    internal void Include(Process process)
    {
        if (OperatingSystem.IsLinux()) process.ProcessorAffinity = core;
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = before;
    }
}
