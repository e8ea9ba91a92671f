namespace EndToEnd.Tests;

/// <summary>A run that nothing interrupted, trained when a test first compares with it.</summary>
public sealed class WholeRun : IDisposable
{
    internal const int Steps = 300;

    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> run;

    public WholeRun() => run = new(() =>
    {
        Cli.Run(TinyRun.Train(folder["whole"], Steps, "checkpoint-every=7")).ShouldSucceed();
        return folder["whole"];
    });

    internal string Folder => run.Value;

    public void Dispose() => folder.Dispose();
}
