using Heaviside.Tests.Data;

namespace EndToEnd.Tests;

/// <summary>Runs of a step on twenty small images, made when a test first asks for them: one that has latent categories, one that has clusters, one that has a Boltzmann machine.</summary>
public sealed class FinishedRuns : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> categories, clusters, machine, largeMachine;

    public FinishedRuns()
    {
        Faces.Write(folder["data"], count: 20, side: 8, seed: 1);
        categories = new(() => Train("categorical-vae", "latents=2x3", "encoder-layers=[4]", "decoder-layers=[4]"));
        clusters = new(() => Train("gmvae", "clusters=3", "latent-size=2", "channels=[2,2]", "hidden=4"));
        machine = new(() => Train("boltzmann-vae", "estimator=gumbolt", "groups=[6,4]", "hidden=[4]", "chains=5", "sweeps=2"));
        largeMachine = new(() => Train("boltzmann-vae", "estimator=gumbolt", "groups=[44]", "hidden=[4]", "chains=5", "sweeps=2", "partition-betas=10", "partition-chains=10"));
    }

    /// <summary>A folder with images as CelebA's.</summary>
    internal string Data => folder["data"];

    internal string Categories => categories.Value;

    /// <summary>A run whose machine is too large for the exact sum.</summary>
    internal string LargeMachine => largeMachine.Value;

    /// <summary>The run that a command can be given.</summary>
    internal string For(string command) => command switch { "cluster" => clusters.Value, "partition" or "mixing" => machine.Value, _ => Categories };

    /// <summary>Arguments that train a model of the default kind on the images for one step, into a folder.</summary>
    internal IReadOnlyDictionary<string, string[]> Training(string to) => new Dictionary<string, string[]>
    {
        ["--data"] = ["celeba"],
        ["--data-dir"] = [Data],
        ["--out"] = [to],
        ["--steps"] = ["1"],
        ["--set"] = ["encoder-layers=[4]", "decoder-layers=[4]", "test-samples=2", "attributes=Smiling"],
    };

    public void Dispose() => folder.Dispose();

    private string Train(string model, params string[] settings)
    {
        var run = folder[$"{model}-{Directory.GetDirectories(folder.Root).Length}"];
        Cli.Run(["train", model, "--data", "celeba", "--data-dir", Data, "--steps", "1", "--quiet", "--out", run, "--set", "test-samples=2", "attributes=Smiling", .. settings]).ShouldSucceed();
        return run;
    }
}
