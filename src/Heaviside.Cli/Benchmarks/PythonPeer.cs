using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The same work in idiomatic PyTorch, in a process of its own that times its own steps.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process process;
    private readonly string script;

    private PythonPeer(Process process, string script, JsonNode hello)
    {
        (this.process, this.script) = (process, script);
        Version = (string)hello["torch"]!;
        Works = [.. hello["works"]?.AsArray().Select(name => (string)name!) ?? []];
    }

    /// <summary>Its PyTorch version.</summary>
    internal string Version { get; }

    /// <summary>The names of what it can run, if it has more than one work.</summary>
    internal IReadOnlyList<string> Works { get; }

    /// <summary>The process, to be put on a core.</summary>
    internal Process Process => process;

    /// <summary>Starts a script of benchmarks/peers with one thread, or returns null where no Python has torch.</summary>
    internal static PythonPeer? TryStart(string name, params string[] arguments)
    {
        var script = Path.Combine(Path.GetTempPath(), $"heaviside-peer-{Environment.ProcessId}-{name}.py");
        using (var source = typeof(PythonPeer).Assembly.GetManifestResourceStream($"peers.{name}.py")!)
        using (var file = File.Create(script))
            source.CopyTo(file);

        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            var start = new ProcessStartInfo(python, [script, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1", ["MKL_NUM_THREADS"] = "1" },
            };
            // What this process set for itself at start-up is no default of PyTorch's.
            start.Environment.Remove("GOMP_SPINCOUNT");
            Process process;
            try
            {
                process = Process.Start(start)!;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                continue;
            }

            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            if (process.StandardOutput.ReadLine() is { } hello) return new(process, script, JsonNode.Parse(hello)!);
            process.Dispose();
        }

        File.Delete(script);
        return null;
    }

    /// <summary>Makes steps, of one of its <see cref="Works"/> if it has more than one; the seconds that each took.</summary>
    internal double[] Run(int steps, string work = "")
    {
        process.StandardInput.WriteLine($"run {steps} {work}".TrimEnd());
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new IOException("the PyTorch peer ended before its time");
        return [.. JsonNode.Parse(line)!.AsArray().Select(v => (double)v!)];
    }

    public void Dispose()
    {
        if (!process.HasExited) process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10))) process.Kill();
        process.Dispose();
        File.Delete(script);
    }
}
