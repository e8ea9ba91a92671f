namespace EndToEnd.Tests;

public sealed class ResumeTests(WholeRun whole) : IClassFixture<WholeRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Resume_AfterKillsAtSeveralPoints_ContinuesBitForBit()
    {
        TinyRun.RequireData();
        var total = TinyRun.CountLines(whole.Folder);

        foreach (var lines in new[] { 1, 40, 130, 250 })
        {
            using var process = Cli.Start(lines == 1 ? TinyRun.Train(folder["killed"], WholeRun.Steps, "checkpoint-every=7") : Resume());
            Cli.WaitUntil(process, () => TinyRun.CountLines(folder["killed"]) >= lines);
            Cli.Signal(process, Cli.SigKill);
            Cli.Finish(process).ExitCode.ShouldBe(128 + Cli.SigKill);
            TinyRun.CountLines(folder["killed"]).ShouldBeLessThan(total);
        }

        Cli.Run(Resume()).ShouldSucceed();
        TinyRun.ShouldBeSame(folder["killed"], whole.Folder);
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Resume_AfterKillsWhileCheckpointsAreWritten_ContinuesBitForBit()
    {
        Cli.Run(TinyRun.Train(folder["whole"], 60)).ShouldSucceed();

        // With a checkpoint after every step most moments are within one.
        var moments = new Random(1);
        for (var i = 0; i < 5; i++)
        {
            using var process = Cli.Start(i == 0 ? TinyRun.Train(folder["killed"], 60, "checkpoint-every=1") : Resume());
            var before = TinyRun.CountLines(folder["killed"]);
            Cli.WaitUntil(process, () => TinyRun.CountLines(folder["killed"]) > before);
            Thread.Sleep(moments.Next(60));
            if (!process.HasExited) Cli.Signal(process, Cli.SigKill);
            Cli.Finish(process);
        }

        Cli.Run(Resume()).ShouldSucceed();
        TinyRun.ShouldBeSame(folder["killed"], folder["whole"]);
        Directory.GetFileSystemEntries(folder["killed"], ".tmp-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(Cli.SigInt)]
    [InlineData(Cli.SigTerm)]
    public void Train_Interrupted_WritesACheckpointAndSaysHowToResume(int signal)
    {
        using var process = Cli.Start(TinyRun.Train(folder["killed"], WholeRun.Steps, "checkpoint-every=100000"));
        Cli.WaitUntil(process, () => TinyRun.CountLines(folder["killed"]) >= 20);
        Cli.Signal(process, signal);
        var stopped = Cli.Finish(process);

        stopped.ExitCode.ShouldBe(130, stopped.Error);
        stopped.Error.ShouldContain($"heaviside train --resume {folder["killed"]}");
        Directory.GetDirectories(folder["killed", "checkpoints"]).Length.ShouldBe(1);
        Cli.Run(Resume()).ShouldSucceed();
        TinyRun.ShouldBeSame(folder["killed"], whole.Folder);
    }

    [SkippableFact]
    public void Resume_OfAFinishedRun_ReportsItAgain()
    {
        Cli.Run(TinyRun.Train(folder["killed"], 5)).ShouldSucceed();
        var before = File.ReadAllText(folder["killed", "result.json"]);

        Cli.Run(Resume()).ShouldSucceed().Output.ShouldContain("test bounds");
        File.ReadAllText(folder["killed", "result.json"]).ShouldBe(before);
    }

    [SkippableFact]
    public void Resume_WhileTheRunIsGoing_IsRefused()
    {
        using var process = Cli.Start(TinyRun.Train(folder["killed"], 1_000_000));
        try
        {
            Cli.WaitUntil(process, () => TinyRun.CountLines(folder["killed"]) > 0);
            Cli.Run(Resume()).ShouldFail(2, "another process is working on this run");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [SkippableFact]
    public void Resume_WithOtherData_IsRefused()
    {
        Cli.Run(TinyRun.Train(folder["killed"], 1)).ShouldSucceed();
        var info = folder["killed", "run.json"];
        File.WriteAllText(info, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(info), "\"fingerprint\": \"........", "\"fingerprint\": \"00000000"));

        Cli.Run(Resume()).ShouldFail(2, "trained on other data", "fashion-mnist", "00000000");
    }

    [SkippableFact]
    public void Resume_WithWhatMayNotChange_IsRefused()
    {
        Cli.Run(TinyRun.Train(folder["killed"], 1)).ShouldSucceed();
        foreach (var change in new[] { new[] { "--seed", "3" }, ["--estimator", "reinforce"], ["--set", "batch_size=10"] })
            Cli.Run([.. Resume(), .. change]).ShouldFail(2, "a run is continued as it was begun", change[^1].Contains('=') ? "batch-size" : change[0][2..]);
        Cli.Run([.. Resume(), "--out", "elsewhere"]).ShouldFail(2, "leave out --out");
        Cli.Run([.. Resume(), "sbn"]).ShouldFail(2, "leave out RECIPE|MODEL");

        var recipe = folder["killed", "recipe.yaml"];
        File.WriteAllText(recipe, File.ReadAllText(recipe).Replace("seed: 1", "seed: 2", StringComparison.Ordinal));
        Cli.Run(Resume()).ShouldFail(2, "was made with seed: 1, the run's recipe now has 2");
        Cli.Run("evaluate", folder["killed"], "--samples", "2").ShouldFail(2, "was made with seed: 1, the run's recipe now has 2");
    }

    [SkippableFact]
    public void Resume_OfAFinishedRunWithMoreSteps_TrainsItOn()
    {
        Cli.Run(TinyRun.Train(folder["whole"], 8, "validate-every=4")).ShouldSucceed();
        Cli.Run(TinyRun.Train(folder["killed"], 4, "validate-every=4")).ShouldSucceed();
        Cli.Run([.. Resume(), "--steps", "8"]).ShouldSucceed().Output.ShouldContain("from step 4 on: steps: 8, was 4");
        TinyRun.ShouldBeSame(folder["killed"], folder["whole"]);
        File.ReadAllText(folder["killed", "run.json"]).ShouldContain("\"was\": \"4\"");

        // Whoever continues it later gets the same.
        Cli.Run(Resume()).ShouldSucceed();
        TinyRun.ShouldBeSame(folder["killed"], folder["whole"]);
    }

    private string[] Resume() => ["train", "--resume", folder["killed"]];
}
