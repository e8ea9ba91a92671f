namespace EndToEnd.Tests;

/// <summary>
/// A checkout in a temporary folder with setup.sh, empty sources, and a PATH on which only what the test puts there is
/// installed: stand-ins write their calls to a log, and apt-get leaves what shows that a package is installed.
/// </summary>
internal sealed class BareMachine : IDisposable
{
    private const string Package = "dataset-fashion-mnist";

    private static readonly string[] RealTools =
        ["bash", "dirname", "env", "find", "flock", "mkdir", "mv", "readlink", "rm", "sleep", "tail", "touch"];

    private readonly string folder = Directory.CreateTempSubdirectory("heaviside-").FullName;

    public BareMachine()
    {
        foreach (var folder in new[] { "bin", "installed", "repo/src", "repo/tests", "repo/samples", "repo/benchmarks", "repo/build" })
            Directory.CreateDirectory(this[folder]);
        foreach (var file in new[] { "calls", "repo/src/Program.cs", "repo/build/Some.targets", "repo/Heaviside.slnx", "repo/global.json", "repo/.editorconfig", "repo/Directory.Build.props", "repo/Directory.Build.targets" })
            File.WriteAllText(this[file], "");
        File.Copy(Path.Combine(Shell.Root, "setup.sh"), this["repo/setup.sh"]);
        foreach (var tool in RealTools)
        {
            var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, tool)).First(File.Exists);
            File.CreateSymbolicLink(this["bin/" + tool], real);
        }
        HaveDotnet("10.0.100");
        BecomeUser(0);
    }

    public string this[string path] => Path.Combine(this.folder, path);

    /// <summary>What the stand-ins were called with, oldest first; look-ups that change nothing are left out.</summary>
    public string[] Calls => [.. File.ReadLines(this["calls"]).Where(c => !c.StartsWith("dpkg-query") && c is not "dotnet --list-sdks" and not "id -u")];

    public int Builds => Calls.Count(c => c.StartsWith("dotnet build Heaviside.slnx"));

    public bool HasDataSet => File.Exists(this["installed/" + Package]);

    public void BecomeUser(int id) => StandIn("id", $"echo {id}");

    public void HaveDotnet(params string[] sdks) =>
        StandIn("dotnet", $"if [[ $1 == --list-sdks ]]; then printf '%s [/usr/share/dotnet/sdk]\\n' {string.Join(' ', sdks)}; exit; fi", "sleep 0.2");

    /// <summary>Has apt-get, which knows packages only after an update if <paramref name="fresh"/> is false.</summary>
    public void HaveApt(bool fresh = true)
    {
        if (fresh) File.WriteAllText(this["lists"], "");
        StandIn("dpkg-query", $"[[ -e {this["installed"]}/${{@: -1}} ]] && echo -n installed");
        StandIn("apt-get",
            $"if [[ $1 == update ]]; then touch {this["lists"]}; exit; fi",
            $"[[ -e {this["lists"]} ]] || exit 100",
            $"touch {this["installed"]}/${{@: -1}}");
    }

    /// <summary>Has apt-get without a network.</summary>
    public void HaveAptThatFails()
    {
        HaveApt();
        StandIn("apt-get", "echo 'E: no network'", "exit 100");
    }

    public Task<Shell.Result> SetUp() =>
        Shell.Run(this["repo/setup.sh"], [], new Dictionary<string, string?> { ["PATH"] = this["bin"] });

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    private void StandIn(string name, params string[] body) =>
        Shell.WriteScript(this["bin/" + name], [$"echo \"{name} $*\" >> {this["calls"]}", .. body]);
}
