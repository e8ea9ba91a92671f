using System.Diagnostics;
using System.Globalization;
using Heaviside.Estimators;

namespace EndToEnd.Tests;

/// <summary>The README's program is the one under samples/, and it does what it says.</summary>
public class SampleTests
{
    [Fact]
    public void Readme_Program_IsTheCompiledSample()
    {
        var sample = File.ReadAllText(Path.Combine(Shell.Root, "samples/Quickstart/Program.cs")).Trim();
        File.ReadAllText(Path.Combine(Shell.Root, "README.md")).ShouldContain($"```csharp\n{sample}\n```");
    }

    [Fact]
    public void Readme_Table_ListsEveryEstimatorWithItsReference()
    {
        var readme = File.ReadAllText(Path.Combine(Shell.Root, "README.md"));
        EstimatorCatalog.All.ShouldAllBe(e => readme.Split('\n').Any(row => row.StartsWith("| `") && row.Split('|')[1].Contains($"`{e.Name}`") && row.Contains(e.Reference)));
    }

    [Fact]
    public void Readme_Length_IsUnder150Lines() =>
        File.ReadAllLines(Path.Combine(Shell.Root, "README.md")).Length.ShouldBeLessThan(150);

    [Fact]
    public void Quickstart_Run_TellsThePatternsApartByBits()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll")]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd().Trim().ShouldBe("16 of 16 patterns right");
        File.ReadAllLines(Path.Combine(Shell.Root, "samples/Quickstart/Program.cs")).Length.ShouldBeLessThanOrEqualTo(30);
    }

    [Fact]
    public void DiscreteLayer_Run_KnowsThePatternsFromBits()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DiscreteLayer.dll")]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Trim().Split('\n');
        process.WaitForExit();
        lines.Length.ShouldBe(6);
        lines[^1].ShouldBe("from bits alone: 100 % of the patterns right");
        File.ReadAllLines(Path.Combine(Shell.Root, "samples/DiscreteLayer/Program.cs")).Length.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void GradientLab_Run_TellsBiasedFromUnbiased()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GradientLab.dll")]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Trim().Split('\n');
        process.WaitForExit();
        lines.Length.ShouldBe(7);
        double[] Numbers(string name) => [.. lines.Single(l => l[..22].TrimEnd() == name)[22..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

        Numbers("reinforce, 4 samples")[0].ShouldBeLessThan(Numbers("reinforce")[0]);
        foreach (var unbiased in new[] { "reinforce", "rebar", "disarm" }) Numbers(unbiased)[1].ShouldBeLessThan(2 * Numbers(unbiased)[2]);
        Numbers("straight-through")[1].ShouldBeGreaterThan(4 * Numbers("straight-through")[2]);
    }
}
