namespace EndToEnd.Tests;

public sealed class ClusterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Cluster_TrainedMixture_WritesAssignmentsConfusionAndPicture()
    {
        var run = Train("gmvae", "clusters=3", "latent-size=2", "channels=[2,2]", "hidden=4");
        var json = Cli.Run("cluster", run, "--columns", "4", "--json").ShouldSucceed().JsonLines.Single();

        var assignments = File.ReadAllLines(Path.Combine(run, "clusters", "assignments.csv"));
        assignments[0].ShouldBe("image,cluster,probability,label");
        assignments.Length.ShouldBe(10_001);
        var rows = assignments.Skip(1).Select(line => line.Split(',')).ToList();
        rows.ShouldAllBe(r => int.Parse(r[1]) >= 0 && int.Parse(r[1]) < 3 && double.Parse(r[2]) > 0 && double.Parse(r[2]) <= 1);

        // The table counts what the list lists.
        var confusion = File.ReadAllLines(Path.Combine(run, "clusters", "confusion.csv")).Skip(1).Select(line => line.Split(',').Select(int.Parse).ToArray()).ToList();
        confusion.Count.ShouldBe(3);
        foreach (var line in confusion)
            for (var c = 0; c < 10; c++) line[c + 1].ShouldBe(rows.Count(r => r[1] == $"{line[0]}" && r[3] == $"{c}"));

        foreach (var protocol in new[] { "most-probable-example", "majority", "optimal-assignment" })
            ((double)json["accuracy"]![protocol]!).ShouldBeInRange(0, 1);
        ((string)json["files"]!["picture"]!).ShouldBe(Path.Combine(run, "clusters", "clusters.png"));
        File.Exists(Path.Combine(run, "clusters", "clusters.png")).ShouldBeTrue();

        var text = Cli.Run("cluster", run, "--split", "validation", "--out", folder["elsewhere"]).ShouldSucceed().Output;
        foreach (var words in new[] { "most probable validation image", "majority class", "one-to-one", "dead clusters" }) text.ShouldContain(words);
        File.ReadAllLines(folder["elsewhere", "assignments.csv"]).Length.ShouldBeGreaterThan(1000);
    }

    [SkippableFact]
    public void Cluster_ModelWithoutClusters_SaysWhichHasThem() =>
        Cli.Run("cluster", Train("categorical-vae", "latents=2x2", "encoder-layers=[8]")).ShouldFail(2, "has no clusters", "heaviside train gmvae");

    private string Train(string model, params string[] settings)
    {
        TinyRun.RequireData();
        Cli.Run(["train", model, "--steps", "2", "--quiet", "--out", folder[model], "--set", "test-samples=1", .. settings]).ShouldSucceed();
        return folder[model];
    }
}
