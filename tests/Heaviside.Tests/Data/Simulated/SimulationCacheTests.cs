using Heaviside.Data;
using Heaviside.Data.Simulated;
using Heaviside.Simulators;

namespace Heaviside.Tests.Data.Simulated;

public sealed class SimulationCacheTests : IDisposable
{
    private static readonly SimulatedPart Few = new(Split.Train, Count: 3, Frames: 2);
    private static readonly SimulatedPart Many = new(Split.Train, SimulationBlock.Most + 300, Frames: 2);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Get_ReadsWhatItWroteAndMakesAnewWhatIsDamaged()
    {
        var plan = Springs(Few);
        var made = Get(plan);
        var path = Files.ShouldHaveSingleItem();
        var written = File.ReadAllBytes(path);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Get(plan).Values.ShouldBe(made.Values);
        Get(plan).Edges.ShouldBe(made.Edges);
        File.GetLastWriteTimeUtc(path).ShouldBe(DateTime.UnixEpoch); // it was read
        foreach (var damaged in new[] { [.. written[..^1], (byte)(written[^1] ^ 1)], written[..100], [] })
        {
            File.WriteAllBytes(path, damaged);
            Get(plan).Values.ShouldBe(made.Values);
            File.ReadAllBytes(path).ShouldBe(written);
        }
    }

    // What a killed process left is the first files.
    [Fact]
    public void Get_SomeFilesMissing_MakesOnlyThese()
    {
        var plan = Trees(Many);
        var made = Get(plan);
        made.Values.ShouldBe(plan.Simulator.Run(1, 0, 0, Many.Count, 2).Values);
        Files.Select(Path.GetFileName).ShouldBe([$"train-0-{SimulationBlock.Most - 1}.safetensors", $"train-{SimulationBlock.Most}-{Many.Count - 1}.safetensors"], ignoreOrder: true);
        var first = Files.Single(p => Path.GetFileName(p).StartsWith("train-0-", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(first, DateTime.UnixEpoch);
        File.Delete(Files.Single(p => p != first));
        Get(plan).Values.ShouldBe(made.Values);
        File.GetLastWriteTimeUtc(first).ShouldBe(DateTime.UnixEpoch);
    }

    // Its numbers are whole, but not of these indices.
    [Fact]
    public void Get_FileUnderAnothersName_MakesItAnew()
    {
        var plan = Trees(new SimulatedPart(Split.Train, 2 * SimulationBlock.Most, 2));
        var made = Get(plan);
        var files = Files.Order().ToList();
        File.Copy(files[0], files[1], overwrite: true);
        Get(plan).Values.ShouldBe(made.Values);
    }

    [Fact]
    public void Get_OtherOptions_AreInAnotherFolder()
    {
        foreach (var (simulator, seed) in new[] { (new Kuramoto(), 1UL), (new Kuramoto { Directed = true }, 1UL), (new Kuramoto(), 2UL) })
            Get(new("kuramoto", simulator, seed, [Few]));
        Directory.GetDirectories(folder.Path).Length.ShouldBe(3);
    }

    [Fact]
    public void Get_WhereNothingCanBeWritten_IsDoneWithout() =>
        new SimulationCache(folder.Write("file", [])).Get(Springs(Few), Few).Values.ShouldBe(Springs(Few).Simulator.Run(1, 0, 0, 3, 2).Values);

    [Fact]
    public void Make_WhereNothingCanBeWritten_SaysSo() =>
        Should.Throw<IOException>(() => new SimulationCache(folder.Write("file", [])).Make(Springs(Few))).Message.ShouldContain("file/springs-");

    [Fact]
    public void Make_SaysHowFarItIs()
    {
        var plan = Trees(Many, new SimulatedPart(Split.Test, 1, 2));
        var heard = new Heard();
        new SimulationCache(folder.Path).Has(plan).ShouldBeFalse();
        new SimulationCache(folder.Path).Make(plan, heard).ShouldBe(plan.Count);
        new SimulationCache(folder.Path).Has(plan).ShouldBeTrue();
        heard.All[^1].ShouldBe(new(plan.Count, plan.Count, plan.Count));
        heard.All.Select(p => p.Done).ShouldBe(heard.All.Select(p => p.Done).Order());
        File.Delete(Files.Single(p => Path.GetFileName(p).StartsWith("test-", StringComparison.Ordinal)));
        new SimulationCache(folder.Path).Make(plan, heard).ShouldBe(1);
        heard.All[^1].ShouldBe(new(plan.Count, plan.Count, 1));
    }

    [Fact]
    public void Make_Stopped_KeepsWholeFilesAndGoesOn()
    {
        var plan = Trees(Many);
        using var stop = new CancellationTokenSource();
        var cache = new SimulationCache(folder.Path);
        Should.Throw<OperationCanceledException>(() => cache.Make(plan, new Heard(p => { if (p.Done > SimulationBlock.Most) stop.Cancel(); }), stop.Token));
        Files.ShouldHaveSingleItem().ShouldEndWith($"train-0-{SimulationBlock.Most - 1}.safetensors");
        cache.Make(plan).ShouldBe(300);
    }

    private IEnumerable<string> Files => Directory.GetFiles(folder.Path, "*.safetensors", SearchOption.AllDirectories);

    private Trajectories Get(SimulationPlan plan) => new SimulationCache(folder.Path).Get(plan, plan.Parts[0]);

    private static SimulationPlan Springs(SimulatedPart part) => new("springs", new Springs { Objects = 3 }, 1, [part]);

    private static SimulationPlan Trees(params SimulatedPart[] parts) => new("spanning-trees", new SpanningTrees { Objects = 3 }, 1, parts);

    private sealed class Heard(Action<SimulationProgress>? then = null) : IProgress<SimulationProgress>
    {
        internal List<SimulationProgress> All { get; } = [];

        public void Report(SimulationProgress value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }
}
