using System.Diagnostics;

namespace Packages.Tests;

/// <summary>Programs elsewhere that train models of their own on data of their own: stopped in the middle, they go on as if nothing had been.</summary>
[Trait("Category", "Slow")]
[Collection(PackedFolder.Shared)]
public sealed class SampleTests(PackedFolder packed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    [Fact]
    public void ATableIsPredictedAndTheRunGoesOnBitForBitAfterAKill()
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var rows = Enumerable.Range(0, 400).Select(_ => (A: Normal(), B: Normal())).Select(r => FormattableString.Invariant($"{r.A:F4},{r.B:F4},{(2 * r.A) - r.B:F4}"));
        File.WriteAllLines(packed["table.csv"], rows.Prepend("a,b,y"));
        var output = TrainedBitForBit("Regression", packed["table.csv"], "y");
        output.ShouldContain("minus the squared error");
        Last(output).ShouldBeGreaterThan(-1, "the variance of y is 5");
    }

    [Fact]
    public void APolicyLearnsInItsEnvironmentAndGoesOnBitForBitAfterAKill() =>
        Last(TrainedBitForBit("Planner")).ShouldBeGreaterThan(0.5, "untrained plans have 0.15");

    // Once without a break, and once killed when the first checkpoint is there.
    private string TrainedBitForBit(string sample, params string[] arguments)
    {
        var folder = packed.Project("My" + sample, sample, ("Heaviside.Training", packed.Version), ($"libtorch-cpu-{PackedFolder.Platform}", "2.10.0"));
        Dotnet.Run(folder, "build", "--configuration", "Release").ShouldSucceed().Output.ShouldContain("0 Warning(s)");
        var program = Path.Combine(folder, "bin", "Release", "net10.0", $"My{sample}.dll");
        string[] Arguments(string run) => [program, .. arguments, packed[sample, run]];
        Dotnet.Run(folder, Arguments("whole")).ShouldSucceed();

        Kill(Arguments("killed"), packed[sample, "killed"]);
        File.Exists(packed[sample, "killed", "result.json"]).ShouldBeFalse("it was killed in the middle");
        var output = Dotnet.Run(folder, Arguments("killed")).ShouldSucceed().Output;
        output.ShouldContain("continuing from step");
        Weights(packed[sample, "killed"]).ShouldBe(Weights(packed[sample, "whole"]));
        File.ReadAllText(packed[sample, "killed", "result.json"]).ShouldBe(File.ReadAllText(packed[sample, "whole", "result.json"]));
        return output;
    }

    private static void Kill(string[] arguments, string run)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        while (!Directory.Exists(Path.Combine(run, "checkpoints")) || Directory.GetDirectories(Path.Combine(run, "checkpoints"), "step-*").Length == 0)
        {
            if (clock.Elapsed > Longest || process.HasExited) Assert.Fail("there is no checkpoint");
            Thread.Sleep(20);
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        output.Wait();
    }

    private static List<string> Weights(string run) =>
        [.. Directory.GetFiles(run, "*.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(run, f)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")];

    // The mean in the last line: "...: -0.223 +- 0.049 on ...".
    private static double Last(string output) =>
        double.Parse(output.Split('\n')[^1].Split(": ")[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
