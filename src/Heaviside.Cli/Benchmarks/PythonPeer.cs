using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The same work in idiomatic PyTorch, in a process of its own that times its own steps.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private PythonPeer(Process process, string folder, JsonNode hello)
    {
        (this.process, this.folder) = (process, folder);
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
        _ = torch.get_num_threads(); // start-up chooses OpenBLAS's kernels, which the other side gets too
        var folder = Directory.CreateTempSubdirectory("heaviside-peer-").FullName;
        WriteScripts(folder);
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            var start = new ProcessStartInfo(python, [Path.Combine(folder, $"{name}.py"), .. arguments])
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
            if (process.StandardOutput.ReadLine() is { } hello) return new(process, folder, JsonNode.Parse(hello)!);
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
        return null;
    }

    /// <summary>Makes steps of a work, whose names the script says; the seconds that each took.</summary>
    internal double[] Run(int steps, string work)
    {
        process.StandardInput.WriteLine($"run {steps} {work}");
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new IOException("the PyTorch peer ended before its time");
        return [.. JsonNode.Parse(line)!.AsArray().Select(v => (double)v!)];
    }

    public void Dispose()
    {
        if (!process.HasExited) process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10))) process.Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // All of benchmarks/peers: they share driver.py.
    private static void WriteScripts(string folder)
    {
        const string Prefix = "peers.";
        var assembly = typeof(PythonPeer).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var source = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(Path.Combine(folder, name[Prefix.Length..]));
            source.CopyTo(file);
        }
    }
}
