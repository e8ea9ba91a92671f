using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary><c>heaviside data simulate</c> as a person uses it, each in a cache of its own.</summary>
public sealed class DataSimulateTests : IDisposable
{
    // Seven files, of a fraction of a second each.
    private static readonly string[] Springs = ["springs", "--objects", "10", "--train", "2400", "--validation", "3", "--test", "2"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Simulate_AfterKills_GoesOnBitForBit()
    {
        Finish(Simulate("whole", Springs)).ShouldSucceed();
        var whole = Files("whole");
        whole.Count.ShouldBe(7);
        foreach (var files in new[] { 1, 3 })
        {
            using var process = Simulate("killed", Springs);
            Cli.WaitUntil(process, () => Files("killed").Count >= files);
            Cli.Signal(process, Cli.SigKill);
            Cli.Finish(process).ExitCode.ShouldBe(128 + Cli.SigKill);
            Files("killed").Count.ShouldBeLessThan(whole.Count);
        }

        var kept = Files("killed").Values.ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Finish(Simulate("killed", Springs)).ShouldSucceed();
        ShouldBeSame(whole, Files("killed"));
        foreach (var (file, time) in kept) File.GetLastWriteTimeUtc(file).ShouldBe(time, file);
        Directory.GetFiles(folder["killed"], ".tmp-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Cli.SigInt)]
    [InlineData(Cli.SigTerm)]
    public void Simulate_Interrupted_KeepsWhatIsThereAndSaysSo(int signal)
    {
        using var process = Simulate("stopped", "springs", "--train", "1000000");
        Cli.WaitUntil(process, () => Files("stopped").Count > 0);
        Cli.Signal(process, signal);
        var stopped = Cli.Finish(process);
        stopped.ExitCode.ShouldBe(130, stopped.Error);
        stopped.Error.ShouldContain("heaviside: stopped; what was simulated is kept in ");
        Directory.GetFiles(folder["stopped"], ".tmp-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Simulate_SaysWhereHowLargeAndHowFast_AndThatAllIsThere()
    {
        string[] few = ["springs", "--train", "6", "--validation", "2", "--test", "1", "--frames", "3", "--future-frames", "0"];
        var first = Finish(Simulate("cache", few)).ShouldSucceed();
        first.Output.ShouldMatch(@"simulated +9 of 9 in 0:0\d, .* per second on \d+ cores");
        first.Output.ShouldMatch($"files +{folder["cache", "heaviside", "data", "simulations", "springs-"]}");
        first.Output.ShouldMatch($"size +{Files("cache").Values.Sum(f => new FileInfo(f).Length):N0} bytes");
        Finish(Simulate("cache", few)).ShouldSucceed().Output.ShouldMatch("simulated +nothing: all are there already");

        var json = Finish(Simulate("cache", [.. few, "--json"])).ShouldSucceed().JsonLines.Single();
        ((int)json["simulations"]!, (int)json["made"]!).ShouldBe((9, 0));
        Directory.Exists((string)json["folder"]!).ShouldBeTrue();
    }

    // What is damaged is simulated again, and nothing else.
    [Fact]
    public void Simulate_DamagedFile_MakesItAnew()
    {
        string[] trees = ["spanning-trees", "--objects", "3", "--train", "1000", "--validation", "2", "--test", "1"];
        Finish(Simulate("cache", trees)).ShouldSucceed();
        var files = Files("cache").ToDictionary(f => f.Key, f => File.ReadAllBytes(f.Value));
        var (truncated, flipped) = (Files("cache")["train-512-999.safetensors"], Files("cache")["test-0-0.safetensors"]);
        File.WriteAllBytes(truncated, files["train-512-999.safetensors"][..1000]);
        File.WriteAllBytes(flipped, [.. files["test-0-0.safetensors"][..^1], (byte)(files["test-0-0.safetensors"][^1] ^ 1)]);
        ((int)Finish(Simulate("cache", [.. trees, "--json"])).ShouldSucceed().JsonLines.Single()["made"]!).ShouldBe(488 + 1);
        foreach (var (name, file) in Files("cache")) File.ReadAllBytes(file).ShouldBe(files[name], name);
    }

    // Both take their turns, and neither makes what the other did.
    [Fact]
    public void Simulate_TwoAtATime_ShareTheWork()
    {
        using Process one = Simulate("both", [.. Springs, "--json"]), other = Simulate("both", [.. Springs, "--json"]);
        CliResult[] results = [Cli.Finish(one), Cli.Finish(other)];
        results.Sum(r => (int)r.ShouldSucceed().JsonLines.Single()["made"]!).ShouldBe(2405);
    }

    [SkippableFact]
    public void Simulate_OnAFullDisk_SaysSoInOneLine()
    {
        Directory.CreateDirectory(folder["disk"]);
        Skip.If(Cli.Shell($"mount -t tmpfs -o size=1m none {folder["disk"]}").ExitCode != 0, "a small file system cannot be mounted here");
        try
        {
            Finish(Simulate("disk", "springs")).ShouldFail(1, "the disk is full", folder["disk"]);
        }
        finally
        {
            Cli.Shell($"umount {folder["disk"]}");
        }
    }

    [Theory]
    [InlineData("data simulate sprngs", "did you mean 'springs'?")]
    [InlineData("data simulate springs --trian 5", "did you mean '--train'?")]
    [InlineData("data simulate springs --directed", "'--directed'")]
    [InlineData("data simulate springs --objects 50", "--objects is '50', expected a whole number from 2 to 20")]
    [InlineData("data simulate springs --train 1000000 --frames 1000", "are more than fit into memory: lower 'train'")]
    [InlineData("data fetch springs", "to have it made ahead: heaviside data simulate springs")]
    public void WrongInput_SaysSoInOneLine(string line, string part) => Cli.Run(line.Split(' ')).ShouldFail(2, part);

    [Fact]
    public void Train_OnWhatMustBeSimulated_ShowsHowFarItIs()
    {
        string[] settings = ["--data", "springs", "--set", "train=5", "validation=2", "test=1", "frames=3"];
        using var process = Cli.StartWith($"XDG_CACHE_HOME={folder["cache"]}", ["train", .. settings]);
        Cli.Finish(process).Error.ShouldStartWith("springs: 8 of 8 simulated, ");
        Files("cache").Count.ShouldBe(3);
    }

    [Fact]
    public void Data_ListsWhatIsSimulated()
    {
        var missing = Finish(Cli.StartWith($"XDG_CACHE_HOME={folder["cache"]}", "data")).ShouldSucceed().Output;
        missing.ShouldMatch("spanning-trees +5,000 +1,000 +1,000 +- +simulated when it is asked for, or ahead by heaviside data simulate spanning-trees");
        Finish(Simulate("cache", "spanning-trees")).ShouldSucceed();
        Finish(Cli.StartWith($"XDG_CACHE_HOME={folder["cache"]}", "data")).ShouldSucceed().Output
            .ShouldMatch($"spanning-trees +5,000 +1,000 +1,000 +- +{folder["cache", "heaviside", "data", "simulations", "spanning-trees-"]}");
    }

    private Process Simulate(string cache, params string[] arguments) => Cli.StartWith($"XDG_CACHE_HOME={folder[cache]}", ["data", "simulate", .. arguments]);

    private static CliResult Finish(Process started)
    {
        using var process = started;
        return Cli.Finish(process);
    }

    // The files of a cache, by name.
    private Dictionary<string, string> Files(string cache) => !Directory.Exists(folder[cache]) ? [] : Directory
        .GetFiles(folder[cache], "*.safetensors", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('.')).ToDictionary(f => Path.GetFileName(f));

    private static void ShouldBeSame(Dictionary<string, string> expected, Dictionary<string, string> actual)
    {
        actual.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach (var (name, file) in expected) File.ReadAllBytes(actual[name]).ShouldBe(File.ReadAllBytes(file), name);
    }
}
