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

    [Fact]
    public void Resume_WithASetting_IsRefused() =>
        Cli.Run([.. Resume(), "--epochs", "3"]).ShouldFail(2, "exactly as it was begun", "--epochs");

    private string[] Resume() => ["train", "--resume", folder["killed"]];
}
