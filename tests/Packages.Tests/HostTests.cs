namespace Packages.Tests;

/// <summary>A program elsewhere that takes the package Heaviside.Cli has all commands, for its own estimator too.</summary>
[Trait("Category", "Slow")]
[Collection(PackedFolder.Shared)]
public sealed class HostTests(PackedFolder packed)
{
    private static readonly string[] Small = ["--set", "encoder-layers=[8]", "decoder-layers=[8]", "latents=4x3", "test-samples=2"];

    [Fact]
    public void AHostChecksListsMeasuresAndTrainsWithItsOwnEstimator()
    {
        var folder = packed.Project("Mine", "Host", ("Heaviside.Cli", packed.Version), ($"libtorch-cpu-{PackedFolder.Platform}", "2.10.0"));
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        File.WriteAllText(Path.Combine(folder, "recipes", "own.yaml"), "estimator: self-critical\nsteps: 2\n");
        Dotnet.Run(folder, "build", "--configuration", "Release").ShouldSucceed().Output.ShouldContain("0 Warning(s)");
        ProgramResult Mine(params string[] arguments) => Dotnet.Run(folder, [Path.Combine(folder, "bin", "Release", "net10.0", "Mine.dll"), .. arguments]);

        var check = Mine("check", "--estimator", "self-critical", "--draws", "2000").ShouldSucceed().Output;
        check.ShouldContain("self-critical: unbiased");
        check.ShouldContain("1 estimators: 15 claims hold");
        Mine("estimators").ShouldSucceed().Output.ShouldContain("arXiv:1612.00563");
        Mine("estimators", "self-critical").ShouldSucceed().Output.ShouldMatch(@"share +1 +part of the critic's value(.|\n)*Set them with: Mine train --set");
        Mine("train", "--help").ShouldSucceed().Output.ShouldContain("Usage:\n  Mine train");
        Mine("bench", "estimators", "--estimator", "self-critical", "--batch-size", "2", "--rounds", "1", "--steps", "1", "--json").ShouldSucceed().Output.ShouldContain("\"torchsharp\"");

        TinyData.Write(packed["data-of-host", "mnist"]);
        string[] data = ["--data", "mnist", "--data-dir", packed["data-of-host"]];
        Mine(["train", "--estimator", "self-critical", "--steps", "5", "--out", packed["mine"], .. data, .. Small]).ShouldSucceed().Output.ShouldContain("self-critical, seed 1");
        Mine(["train", "own", "--out", packed["own"], .. data, .. Small]).ShouldSucceed().Output.ShouldContain("self-critical, seed 1");
        Mine("train", "rebar/mnist-linear").Error.ShouldStartWith("Mine: unknown model or recipe 'rebar/mnist-linear'; did you mean 'rebar/mnist-linear-1'? (known: ");
    }
}
