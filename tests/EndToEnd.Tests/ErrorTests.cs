namespace EndToEnd.Tests;

public sealed class ErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("trian", "'train'")]
    [InlineData("train --epocs 3", "'--epochs'")]
    [InlineData("train --epocs=3", "'--epochs'")]
    [InlineData("train categorical-vea", "'categorical-vae'")]
    [InlineData("train --data fashion-minst", "'fashion-mnist'")]
    [InlineData("train --estimator gumble-softmax", "'gumbel-softmax'")]
    [InlineData("estimators reinfroce", "'reinforce'")]
    [InlineData("models categorical-va", "'categorical-vae'")]
    [InlineData("data fetch mnits", "'mnist'")]
    [InlineData("check --estimator enumeraton", "'enumeration'")]
    public void UnknownName_SuggestsTheNearest(string line, string suggestion) =>
        Cli.Run(line.Split(' ')).ShouldFail(2, $"did you mean {suggestion}?");

    [Theory]
    [InlineData("train a b", "'b'")]
    [InlineData("train --seed", "--seed")]
    [InlineData("train --set steps", "KEY=VALUE")]
    [InlineData("train --set steps=1 steps=2", "given twice")]
    [InlineData("train nowhere.yaml", "nowhere.yaml: cannot be read")]
    [InlineData("train --data-dir /nowhere", "/nowhere does not exist")]
    [InlineData("evaluate", "RUN")]
    [InlineData("evaluate /nowhere", "/nowhere: is no run folder")]
    [InlineData("evaluate /nowhere --samples 1", "--samples")]
    [InlineData("sample /nowhere --count 0", "--count")]
    [InlineData("sample /nowhere --count abc", "--count must be a whole number from 1 to 10,000, got 'abc'; see heaviside sample --help")]
    [InlineData("evaluate /nowhere --split tst", "did you mean 'test'?")]
    [InlineData("train --estimator none", "the model 'categorical-vae' needs a gradient estimator; without one train discrete-vae, stable-prediction, gmvae")]
    [InlineData("variance gmvae", "the model 'gmvae' trains without a gradient estimator")]
    [InlineData("check --device gpu", "cpu, cuda")]
    [InlineData("check --device cuda:99", "cuda:99")]
    public void WrongInput_SaysSoInOneLine(string line, string part) => Cli.Run(line.Split(' ')).ShouldFail(2, part);

    [SkippableTheory]
    [InlineData("learning-rat=1", "did you mean 'learning-rate'?")]
    [InlineData("latents=30", "NxK")]
    [InlineData("steps=-1", "'steps' is '-1'")]
    [InlineData("temperature=exponential(1", "'temperature'")]
    public void WrongSetting_SaysSoInOneLine(string setting, string part)
    {
        TinyRun.RequireData();
        Cli.Run("train", "--out", folder["run"], "--set", setting).ShouldFail(2, part);
        Directory.Exists(folder["run"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("estimator: gumbel-softmax\nencoder-layers: [200,\n", "line")]
    [InlineData("latents", "key: value")]
    public void Train_WithATornRecipe_SaysWhere(string yaml, string part)
    {
        File.WriteAllText(folder["torn.yaml"], yaml);
        Cli.Run("train", folder["torn.yaml"]).ShouldFail(2, folder["torn.yaml"], part);
    }

    [SkippableFact]
    public void Train_WhenTheObjectiveIsNotFinite_NamesTheTensorAndTheLastCheckpoint()
    {
        var result = Cli.Run(TinyRun.Train(folder["run"], 50, "learning-rate=1e30", "checkpoint-every=1"));

        result.ShouldFail(1, "the objective", "the last good checkpoint is", "step-");
        (result.Error.Contains("of the model") || result.Error.Contains("the result of")).ShouldBeTrue(result.Error);
        Directory.Exists(TinyRun.LastCheckpoint(folder["run"])).ShouldBeTrue();
    }

    [SkippableFact]
    public void Train_IntoAFolderWithFiles_IsRefused()
    {
        var train = TinyRun.Train(folder["run"], 1);
        Directory.CreateDirectory(folder["run"]);
        File.WriteAllText(folder["run", "mine.txt"], "");

        Cli.Run(train).ShouldFail(2, "is not empty", "--resume");
        Directory.GetFileSystemEntries(folder["run"]).Length.ShouldBe(1);
    }

    [SkippableFact]
    public void Train_ForAnEstimatorThatCannot_SaysWhy() =>
        Cli.Run(TinyRun.Train(folder["run"], 1, "estimator=enumeration", "latents=30x10")).ShouldFail(2, "enumeration", "1E+30 joint values");

    [SkippableFact]
    public void Train_IntoAFolderThatCannotBeWritten_SaysSoInOneLine()
    {
        Skip.If(Environment.IsPrivilegedProcess, "root may write everywhere");
        var train = TinyRun.Train(folder["closed", "run"], 1);
        Cli.Shell($"mkdir -m 500 {folder["closed"]}").ShouldSucceed();
        Cli.Run(train).ShouldFail(1, folder["closed"]);
    }

    [SkippableFact]
    public void Train_OnAFullDisk_SaysSoInOneLine()
    {
        var train = TinyRun.Train(folder["disk", "run"], 50, "checkpoint-every=1", "encoder-layers=[64]");
        Directory.CreateDirectory(folder["disk"]);
        Skip.If(Cli.Shell($"mount -t tmpfs -o size=1m none {folder["disk"]}").ExitCode != 0, "a small file system cannot be mounted here");
        try
        {
            Cli.Run(train).ShouldFail(1, "the disk is full", folder["disk"]);
        }
        finally
        {
            Cli.Shell($"umount {folder["disk"]}");
        }
    }

    [SkippableFact]
    public void Output_ThatCannotBeWritten_SaysSoInOneLine()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full");
        Cli.Shell("$HEAVISIDE estimators > /dev/full").ShouldFail(1, "space");
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--quiet")]
    public void Train_WhoseOutputCannotBeWritten_GoesOn(string how)
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full");
        var train = string.Join(' ', TinyRun.Train(folder["run"], 5));
        var result = Cli.Shell($"$HEAVISIDE {train} {how} > /dev/full");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.TrimEnd('\n').ShouldStartWith("the output cannot be written any more, the run goes on without: ");
        result.Error.Split('\n').Length.ShouldBe(2, result.Error);
        File.Exists(folder["run", "result.json"]).ShouldBeTrue();
        Cli.Shell($"$HEAVISIDE train --resume {folder["run"]} --steps 8 > /dev/full 2> /dev/full").ExitCode.ShouldBe(0);
        Directory.Exists(folder["run", "checkpoints", "step-0000000008"]).ShouldBeTrue();
    }

    [SkippableFact]
    public void Train_InterruptedWhereNothingCanBeWritten_KeepsACheckpoint()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full");
        var train = string.Join(' ', TinyRun.Train(folder["run"], 1_000_000, "checkpoint-every=1000000"));
        var line = $"$HEAVISIDE {train} > /dev/full 2> /dev/full & while ! [ -s {folder["run", "metrics.jsonl"]} ]; do sleep 0.1; done; kill -TERM $!; wait $!";
        Cli.Shell(line).ExitCode.ShouldBe(130);
        Directory.GetDirectories(folder["run", "checkpoints"]).ShouldHaveSingleItem();
    }

    // A pipe whose reader has gone is as silent as /dev/null.
    [SkippableFact]
    public void Train_WhosePipeIsClosed_GoesOn()
    {
        var train = string.Join(' ', TinyRun.Train(folder["run"], 5));
        Cli.Shell($"($HEAVISIDE {train}; echo $? >&2) | true").Error.ShouldBe("0\n");
        File.Exists(folder["run", "result.json"]).ShouldBeTrue();
    }

    [Fact]
    public void Output_ToAPipeThatIsClosed_EndsWithoutAnError()
    {
        var result = Cli.Shell("($HEAVISIDE estimators; echo $? >&2) | true");
        result.Error.ShouldBe("0\n");
    }

    [Fact]
    public void Debug_ShowsTheStackTrace()
    {
        var result = Cli.Shell("HEAVISIDE_DEBUG=1 $HEAVISIDE evaluate /nowhere");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("   at Heaviside.Training.RunFolder.Open");
    }
}
