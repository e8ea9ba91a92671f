namespace EndToEnd.Tests;

public sealed class ClassifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string[] Train(string name, string model, int steps)
    {
        TinyRun.RequireData();
        return
        [
            "train", model, "--data", "fashion-mnist", "--out", folder[name], "--steps", $"{steps}",
            "--set", .. model == "resnet" ? [] : new[] { "estimator=straight-through-gumbel-softmax", "temperature=1", "test-samples=2" }, "depth=8", "width=2", "batch-size=16", "augment=crop-flip", "optimizer=sgd", "momentum=0.9", "learning-rate=0.05", "validate-every=100000", "log-every=1", "checkpoint-every=7",
        ];
    }

    [SkippableTheory]
    [InlineData("resnet")]
    [InlineData("gated-resnet")]
    public void Train_Augmented_Killed_ContinuesBitForBitAndReports(string model)
    {
        var text = Cli.Run(Train("whole", model, 60)).ShouldSucceed().Output;
        foreach (var words in new[] { "accuracy", "confusion.csv", "mistakes.png", "log p(class | image)", "augmentation" }) text.ShouldContain(words);
        using (var process = Cli.Start(Train("killed", model, 60)))
        {
            Cli.WaitUntil(process, () => TinyRun.CountLines(folder["killed"]) >= 20);
            Cli.Signal(process, Cli.SigKill);
            Cli.Finish(process);
        }

        Cli.Run("train", "--resume", folder["killed"]).ShouldSucceed();
        TinyRun.ShouldBeSame(folder["killed"], folder["whole"]);
        File.ReadAllText(folder["killed", "confusion.csv"]).ShouldBe(File.ReadAllText(folder["whole", "confusion.csv"]));
    }

    [Fact]
    public void Train_DataWithoutLabels_IsRefusedInOneLine()
    {
        string[] few = ["train", "10", "validation", "10", "test", "10", "frames", "3", "future-frames", "2"];
        Cli.Run(["data", "simulate", "springs", .. few.Select((word, i) => i % 2 == 0 ? $"--{word}" : word)]).ShouldSucceed(); // so that nothing is said of it now
        Cli.Run(["train", "resnet", "--data", "springs", "--out", folder["x"], "--set", .. few.Chunk(2).Select(o => $"{o[0]}={o[1]}")]).ShouldFail(2, "images with labels");
    }
}
