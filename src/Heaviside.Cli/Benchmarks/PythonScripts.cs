using System.Diagnostics;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The scripts of benchmarks/peers in a folder of their own, which goes when this does.</summary>
internal sealed class PythonScripts : IDisposable
{
    private const string Prefix = "peers.";

    private readonly string folder = Directory.CreateTempSubdirectory("heaviside-peer-").FullName;

    internal PythonScripts()
    {
        // All of them: they share driver.py.
        var assembly = typeof(PythonScripts).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var source = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(Path.Combine(folder, name[Prefix.Length..]));
            source.CopyTo(file);
        }
    }

    /// <summary>How a script is started, by each Python that may have what it needs.</summary>
    internal IEnumerable<ProcessStartInfo> Starts(string name, string[] arguments) =>
        new[] { "python3", "/usr/bin/python3", "python" }.Select(python => new ProcessStartInfo(python, [Path.Combine(folder, $"{name}.py"), .. arguments]));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
