namespace Packages.Tests;

/// <summary>The packages hold what they should, and a project elsewhere that takes them runs the README's program.</summary>
[Trait("Category", "Slow")]
[Collection(PackedFolder.Shared)]
public sealed class LibraryTests(PackedFolder packed)
{
    [Theory]
    [InlineData("Heaviside")]
    [InlineData("Heaviside.Training")]
    [InlineData("Heaviside.OrTools")]
    [InlineData("Heaviside.Cli")]
    public void APackageHasWhatItsReadersLookFor(string package)
    {
        var files = packed.Files(package);
        foreach (var file in (string[])["README.md", "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"]) files.ShouldContain(file);
        packed.Files(package, "snupkg").ShouldContain($"lib/net10.0/{package}.pdb");

        var manifest = packed.Manifest(package);
        manifest.Element("license")!.Value.ShouldBe("MIT");
        manifest.Element("icon")!.Value.ShouldBe("icon.png");
        manifest.Element("readme")!.Value.ShouldBe("README.md");
        manifest.Element("description")!.Value.ShouldEndWith(".");
        manifest.Element("tags")!.Value.ShouldContain("TorchSharp");
    }

    [Fact]
    public void TheCoreDependsOnTorchSharpAndBringsNoLibtorch()
    {
        var dependencies = packed.Manifest("Heaviside").Descendants("dependency").Select(d => d.Attribute("id")!.Value).ToList();
        dependencies.ShouldContain("TorchSharp");
        dependencies.ShouldContain("MathNet.Numerics");
        dependencies.ShouldAllBe(d => !d.StartsWith("libtorch") && !d.StartsWith("Microsoft.CodeAnalysis"));
    }

    [Fact]
    public void AProjectWithTheRuntimePackageRunsTheReadmesProgram()
    {
        var folder = packed.Project("Complete", "Quickstart", ("Heaviside", packed.Version), ($"libtorch-cpu-{PackedFolder.Platform}", "2.10.0"));
        var build = Dotnet.Run(folder, "build", "--configuration", "Release").ShouldSucceed();
        build.Output.ShouldContain("0 Warning(s)");

        if (PackedFolder.Platform == "linux-x64") ChangedBytes(folder).ShouldBe(1, "the build makes a copy that an older libstdc++ accepts");

        Dotnet.Run(folder, Path.Combine(folder, "bin", "Release", "net10.0", "Complete.dll")).ShouldSucceed().Output.ShouldBe("16 of 16 patterns right");
    }

    [Fact]
    public void AProjectWithoutTheRuntimePackageIsToldItsNameAtBuildAndAtStart()
    {
        var message = $"The program lacks the package libtorch-cpu-{PackedFolder.Platform}, libtorch for this platform: dotnet add package libtorch-cpu-{PackedFolder.Platform} --version 2.10.0";
        var folder = packed.Project("Incomplete", "Quickstart", ("Heaviside.Training", packed.Version)); // Heaviside comes with it, and what it adds to the build
        Dotnet.Run(folder, "build", "--configuration", "Release").ShouldSucceed().Output.ShouldContain("warning HV0002: " + message);

        var run = Dotnet.Run(folder, Path.Combine(folder, "bin", "Release", "net10.0", "Incomplete.dll"));
        run.Exit.ShouldNotBe(0);
        run.Error.ShouldContain(message);
        run.Error.ShouldNotContain("DllNotFoundException");
    }

    /// <summary>The bytes in which TorchSharp's native library beside a built program is another than in its package.</summary>
    private static int ChangedBytes(string project)
    {
        const string Library = "libLibTorchSharp.so";
        var built = File.ReadAllBytes(Directory.GetFiles(Path.Combine(project, "bin"), Library, SearchOption.AllDirectories).ShouldHaveSingleItem());
        var packages = Directory.GetFiles(Path.Combine(Dotnet.PackageCache, "torchsharp"), Library, SearchOption.AllDirectories);
        return packages.Select(File.ReadAllBytes).Where(p => p.Length == built.Length).Select(p => p.Zip(built).Count(b => b.First != b.Second)).Min();
    }
}
