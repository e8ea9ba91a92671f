namespace Packages.Tests;

/// <summary>The program installs as a .NET tool and trains.</summary>
[Trait("Category", "Slow")]
[Collection(PackedFolder.Shared)]
public sealed class ToolTests(PackedFolder packed)
{
    [Fact]
    public void TheToolInstallsAndTrains()
    {
        Dotnet.Run(Repository.Root, "build", "src/Heaviside.Tool", "--configuration", Dotnet.Configuration, "--runtime", PackedFolder.Platform).ShouldSucceed();
        packed.Pack("Heaviside.Tool", "--runtime", PackedFolder.Platform);
        packed.Pack("Heaviside.Tool");
        packed.Files($"Heaviside.Tool.{PackedFolder.Platform}").ShouldContain($"tools/net10.0/{PackedFolder.Platform}/licenses/libtorch-cpu-{PackedFolder.Platform}/LICENSE-LIBTORCH.txt");
        Dotnet.Run(packed.Root, "tool", "install", "Heaviside.Tool", "--version", packed.Version, "--tool-path", packed["tools"]).ShouldSucceed();

        var program = packed["tools", OperatingSystem.IsWindows() ? "heaviside.exe" : "heaviside"];
        Dotnet.Start(program, packed.Root, "--version").ShouldSucceed().Output.ShouldBe($"heaviside {Repository.Version}");

        TinyData.Write(packed["data", "mnist"]);
        Dotnet.Start(program, packed.Root, "train", "--data", "mnist", "--data-dir", packed["data"], "--steps", "20", "--out", packed["run"],
            "--set", "encoder-layers=[8]", "decoder-layers=[8]", "latents=4x3", "test-samples=2").ShouldSucceed().Output.ShouldContain("a valid bound");
        File.Exists(packed["run", "samples.png"]).ShouldBeTrue();
        Dotnet.Start(program, packed.Root, "train", "rebar/mnist-linear", "--steps", "1").Error.ShouldContain("rebar/mnist-linear-1"); // its recipes came along
    }
}
