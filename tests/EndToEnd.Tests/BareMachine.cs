namespace EndToEnd.Tests;

/// <summary>
/// A checkout in a temporary folder with setup.sh, empty sources, and a PATH on which only what the test puts there is
/// installed: stand-ins write their calls to a log, and those that install or build leave the files that the real ones would.
/// </summary>
internal sealed class BareMachine : IDisposable
{
    private static readonly string[] RealTools =
        ["bash", "cat", "cp", "dirname", "env", "find", "flock", "grep", "mkdir", "mv", "readlink", "rm", "sleep", "tail", "touch"];

    private readonly string folder = Directory.CreateTempSubdirectory("heaviside-").FullName;

    public BareMachine()
    {
        foreach (var folder in new[] { "bin", "installed", "repo/native", "repo/src", "repo/tests", "repo/tools" })
            Directory.CreateDirectory(this[folder]);
        foreach (var file in new[] { "calls", "repo/native/shim.cpp", "repo/src/Program.cs", "repo/Heaviside.slnx", "repo/global.json", "repo/.editorconfig", "repo/Directory.Build.props" })
            File.WriteAllText(this[file], "");
        File.Copy(Path.Combine(Shell.Root, "setup.sh"), this["repo/setup.sh"]);
        foreach (var tool in RealTools)
        {
            var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, tool)).First(File.Exists);
            File.CreateSymbolicLink(this["bin/" + tool], real);
        }
        StandIn("dotnet", "if [[ $1 == --list-sdks ]]; then echo '10.0.100 [/usr/share/dotnet/sdk]'; exit; fi", "sleep 0.2");
        StandIn("dpkg-query", $"[[ -e {this["installed"]}/${{@: -1}} ]] && echo -n installed");
        BecomeUser(0);
    }

    public string this[string path] => Path.Combine(this.folder, path);

    /// <summary>What the stand-ins were called with, oldest first; look-ups that change nothing are left out.</summary>
    public string[] Calls => [.. File.ReadLines(this["calls"]).Where(c => !c.StartsWith("dpkg-query") && c is not "dotnet --list-sdks" and not "id -u")];

    public void BecomeUser(int id) => StandIn("id", $"echo {id}");

    /// <summary>Has apt-get, which knows packages only after an update if <paramref name="fresh"/> is false.</summary>
    public void HaveApt(bool fresh = true)
    {
        if (fresh) File.WriteAllText(this["lists"], "");
        StandIn("apt-get",
            $"if [[ $1 == update ]]; then touch {this["lists"]}; exit; fi",
            $"[[ -e {this["lists"]} ]] || exit 100",
            "[[ $* != *--simulate* ]] || exit 0",
            $"for name; do if [[ $name == cmake ]]; then cp {this["cmake"]} {this["bin/cmake"]}; elif [[ $name == g++ || $name == make ]]; then cp {this["bin/id"]} {this["bin"]}/$name; fi; touch {this["installed"]}/$name; done");
        Script("cmake", this["cmake"], "if [[ $1 == --build ]]; then touch artifacts/native/libheaviside_torch.so; fi");
    }

    /// <summary>A folder that looks like a libtorch.</summary>
    public string HaveLibtorch(string name)
    {
        Directory.CreateDirectory(this[name + "/include/ATen/core/dispatch"]);
        File.WriteAllText(this[name + "/include/ATen/core/dispatch/Dispatcher.h"], "");
        return this[name];
    }

    public Task<Shell.Result> SetUp(params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string?> { ["PATH"] = this["bin"], ["HEAVISIDE_LIBTORCH"] = null, ["CMAKE_PREFIX_PATH"] = null };
        foreach (var (name, value) in environment) variables[name] = value;
        return Shell.Run(this["repo/setup.sh"], [], variables);
    }

    public void Dispose() => Directory.Delete(this.folder, recursive: true);

    private void StandIn(string name, params string[] body) => Script(name, this["bin/" + name], body);

    private void Script(string name, string file, params string[] body) =>
        Shell.WriteScript(file, [$"echo \"{name} $*\" >> {this["calls"]}", .. body]);
}
