using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The same work without this library, in a process of its own that times its own steps. See driver.py for the protocol.</summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>What makes this program a peer in TorchSharp: for nobody to type.</summary>
    internal const string Command = "bench-peer";

    private readonly Process process;
    private readonly PythonScripts? scripts;
    private readonly List<string> errors = [];
    private IReadOnlyList<string> works = []; // the names of what it can run, if it does not run whatever it is asked for

    private PeerProcess(PeerKind kind, ProcessStartInfo start, PythonScripts? scripts)
    {
        (Kind, this.scripts) = (kind, scripts);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var library in new[] { "OMP", "OPENBLAS", "MKL" }) start.Environment[$"{library}_NUM_THREADS"] = "1";
        // What this process may have set for itself at start-up is no default of the peer's.
        start.Environment.Remove("GOMP_SPINCOUNT");
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, e) =>
        {
            if (string.IsNullOrWhiteSpace(e.Data)) return;
            lock (errors) errors.Add(e.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Which it is.</summary>
    internal PeerKind Kind { get; }

    /// <summary>The version of its library.</summary>
    internal string Version { get; private set; } = "";

    /// <summary>Whether it can make steps of a work.</summary>
    internal bool Makes(string work) => works.Count == 0 || works.Contains(work);

    /// <summary>The process, to be put on a core.</summary>
    internal Process Process => process;

    /// <summary>Starts a benchmark's peer with one thread; null where no Python has what it needs.</summary>
    /// <exception cref="IOException">The peer in TorchSharp did not start.</exception>
    internal static PeerProcess? TryStart(PeerKind kind, string name, params string[] arguments)
    {
        if (kind == PeerKind.TorchSharp)
        {
            var peer = new PeerProcess(kind, ThisProgram.Start([Command, name, .. arguments]), null);
            if (peer.Greet()) return peer;
            using (peer) throw peer.Ended();
        }

        var scripts = new PythonScripts();
        foreach (var start in scripts.Starts(name, arguments))
        {
            try
            {
                var peer = new PeerProcess(kind, start, scripts);
                if (peer.Greet()) return peer;
                peer.process.Dispose();
            }
            catch (Win32Exception)
            {
                // This Python is not there.
            }
        }

        scripts.Dispose();
        return null;
    }

    /// <summary>Makes steps of a work, whose names the peer says; the seconds that each took.</summary>
    internal double[] Run(int steps, string work)
    {
        process.StandardInput.WriteLine($"run {steps} {work}");
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw Ended();
        return Take(line, times => times.AsArray().Select(v => (double?)v ?? throw new FormatException("null is no time")).ToArray());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10))) process.Kill();
        process.Dispose();
        scripts?.Dispose();
    }

    private bool Greet()
    {
        if (process.StandardOutput.ReadLine() is not { } line) return false;
        (Version, works) = Take(line, hello => ((string?)(hello["torch"] ?? hello["numpy"]) ?? "", (string[])[.. hello["works"]?.AsArray().Select(name => (string?)name ?? "") ?? []]));
        return true;
    }

    // A library may print what it likes before our script does.
    private T Take<T>(string line, Func<JsonNode, T> read)
    {
        try
        {
            return read(JsonNode.Parse(line) ?? throw new FormatException("it is null"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new IOException($"the {Kind} peer printed what is no result: {(line.Length > 80 ? line[..80] + "..." : line)}", error);
        }
    }

    private IOException Ended()
    {
        process.WaitForExit();
        lock (errors) return new($"the {Kind} peer ended before its time: {(Kind == PeerKind.TorchSharp ? errors.FirstOrDefault() : errors.LastOrDefault()) ?? "it does not say why"}");
    }
}
