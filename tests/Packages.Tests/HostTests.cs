namespace Packages.Tests;

/// <summary>A program elsewhere that takes the package Heaviside.Cli has all commands, for its own estimator too.</summary>
[Trait("Category", "Slow")]
[Collection(PackedFolder.Shared)]
public sealed class HostTests(PackedFolder packed)
{
    private static readonly string[] Small = ["--set", "encoder-layers=[8]", "decoder-layers=[8]", "latents=4x3", "test-samples=2"];

    private const string OwnModel = """
        using Heaviside.Configuration;
        using Heaviside.Data;
        using Heaviside.Estimators;
        using Heaviside.Models;
        using static TorchSharp.torch;

        internal sealed record MeanOptions
        {
            [Option("what is predicted at first", Least = -10, Most = 10)]
            public double Start { get; init => field = OptionInfo.Checked(this, value); } = 0.5;
        }

        internal sealed class MeanModel : TrainableModel
        {
            private readonly TorchSharp.Modules.Parameter mean;

            public MeanModel(MeanOptions options) => register_parameter("mean", mean = new(tensor((float)options.Start)));

            public override string Quantity => "minus the squared error";

            public override TrainingObjective Objective(Batch batch, GradientEstimator? estimator, Generator rng)
            {
                var value = Score(batch, rng).mean();
                return new(-value, value.detach(), EvaluationPoint.HardSample);
            }

            public override Tensor Score(Batch batch, Generator rng) => -(mean - batch["target"]).square();
        }

        internal sealed class Numbers : DataSource
        {
            [Option("how many numbers there are", Least = 10, Most = 1000)]
            public int Rows { get; init => field = OptionInfo.Checked(this, value); } = 50;

            public override TrainingData Load(DataFolders folders) =>
                new ArrayData("numbers", "made up", new NamedArrays(Rows).With("target", [.. Enumerable.Range(0, Rows).Select(i => i % 2f)]));
        }
        """;

    // One file and one line: its options are in help, in errors, on the command line and in the recipe by themselves.
    [Fact]
    public void AHostTrainsItsOwnModelWhoseOptionsAreKnownByThemselves()
    {
        var folder = packed.Project("Modeller", "Host", ("Heaviside.Cli", packed.Version), ($"libtorch-cpu-{PackedFolder.Platform}", "2.10.0"));
        var program = Path.Combine(folder, "Program.cs");
        File.WriteAllText(Path.Combine(folder, "MeanModel.cs"), OwnModel);
        File.WriteAllText(program, File.ReadAllText(program).Replace("return Heaviside", """
            Heaviside.Models.ModelCatalog.All.Add(Heaviside.Models.ModelEntry.Of<MeanOptions, MeanModel>("mean", "predicts one number", (_, _, options) => new(options)));
            Heaviside.Data.DataCatalog.All.Add(new Heaviside.Data.OwnData { Name = "numbers", Summary = "zeros and ones", Create = () => new Numbers() });
            return Heaviside
            """));
        Dotnet.Run(folder, "build", "--configuration", "Release").ShouldSucceed();
        ProgramResult Modeller(params string[] arguments) => Dotnet.Run(folder, [Path.Combine(folder, "bin", "Release", "net10.0", "Modeller.dll"), .. arguments]);

        Modeller("models").ShouldSucceed().Output.ShouldContain("predicts one number");
        Modeller("models", "mean").ShouldSucceed().Output.ShouldMatch(@"start +0\.5 +what is predicted at first");
        var table = packed["numbers.csv"];
        File.WriteAllText(table, "x,target\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{i % 2}\n")));
        Modeller("train", "mean", "--data", table, "--set", "strat=1").Error.ShouldContain("unknown setting 'strat'; did you mean 'start'?");
        Modeller("train", "mean", "--data", table, "--set", "start=11").Error.ShouldContain("setting 'start' is '11', expected a number from -10 to 10");
        Modeller("train", "mean", "--data", table, "--set", "start=0.25", "--steps", "5", "--out", packed["mean"]).ShouldSucceed().Output.ShouldContain("minus the squared error");
        File.ReadAllText(packed["mean", "recipe.yaml"]).ShouldContain("start: 0.25\n");
        Modeller("train", "mean", "--data", "numbers", "--set", "rows=40", "--steps", "5", "--out", packed["numbers"]).ShouldSucceed().Output.ShouldContain("numbers (made up; split at random with seed 1: 32 for training, 4 for validation, 4 for the test)");
        File.ReadAllText(packed["numbers", "recipe.yaml"]).ShouldContain("rows: 40\n");
        Modeller("train", "mean", "--data", "nmubers").Error.ShouldContain("did you mean 'numbers'?");
    }

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
