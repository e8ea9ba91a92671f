using Heaviside.Data;
using Heaviside.Training;
using Heaviside.Training.Probes;

namespace Heaviside.Tests.Training.Probes;

public class ProbeTests
{
    // All but those of clusters, of labels and of other models' figures, which a belief network does not have.
    private static readonly string[] Names = [.. ProbeCatalog.All.Names.Where(n => n is not ("clusters" or "accuracy" or "partial-bound" or "figures"))];

    private static readonly (string, string)[] All =
        [("model", "sbn"), ("estimator", "reinforce"), ("probes", $"[{string.Join(", ", Names)}]"), ("probe-samples", "3")];

    // Before and after logs (2), checkpoints (3), validations (4) and the ends of epochs of the training (5) and test images (2).
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(11)]
    public void Run_AllProbesStoppedAndContinued_IsTheUninterruptedRun(long step)
    {
        using var whole = new TinyRun { Estimator = () => new LearnedBaseline() };
        using var parts = new TinyRun { Estimator = () => new LearnedBaseline() };
        whole.Train(changes: All);
        parts.TrainTo(step, All).Step.ShouldBe(step);
        parts.Train(changes: All).Step.ShouldBe(12);
        parts.ShouldEqual(whole);
        Directory.GetFiles(whole.Checkpoints()[^1], "probe-*").Select(Path.GetFileName).Order()
            .ShouldBe(["probe-gradient-variance.safetensors", "probe-inference-network-optimizer-0.safetensors", "probe-inference-network.safetensors"]);
    }

    [Fact]
    public void Run_AllProbes_ReportAtEveryValidation()
    {
        using var run = new TinyRun();
        run.Train(changes: All);
        foreach (var name in Names)
        {
            var rows = run.Rows().Where(r => (string?)r["kind"] == name).ToList();
            rows.Select(r => (long)r["step"]!).ShouldBe([4, 8, 12], name);
            if (name == "gradient-variance") rows.ShouldAllBe(r => double.IsFinite((double)r["log-variance"]!) && (long)r["steps"]! == 4);
            else if (name == "validation-objective") rows.ShouldAllBe(r => (double)r["mean"]! < 0 && (string)r["point"]! == "HardSample" && (int)r["images"]! == 13);
            else rows.ShouldAllBe(r => (double)r["mean"]! < 0 && (double)r["standard-error"]! > 0);
        }
    }

    [Theory]
    [InlineData("train-bound", Split.Train, 1, "elbo", 45)]
    [InlineData("test-bound", Split.Test, 3, "importance-weighted", 11)]
    [InlineData("k-sample-bounds", Split.Validation, 3, "importance-weighted", 13)]
    public void Run_BoundProbe_IsTheBoundOfTheWeightsThen(string probe, Split split, int samples, string kind, int images)
    {
        using var run = new TinyRun();
        run.Train(changes: All);
        using var experiment = TinyRun.Experiment(All);
        using var scope = torch.NewDisposeScope();
        experiment.Model.LoadState(TensorFile.Read(Path.Combine(run.Checkpoints()[^1], "model.safetensors"), torch.CPU));
        var bound = RunReport.Evaluate(experiment, samples, split, run.Observer, default);
        var row = run.Rows().Last(r => (string?)r["kind"] == probe);
        ((string?)row["bound"], (int)row["samples"]!, (int)row["images"]!).ShouldBe((kind, samples, images));
        ((double)row["mean"]!, (double)row["standard-error"]!).ShouldBe((bound.Mean, bound.StandardError));
    }

    [Fact]
    public void Run_AllProbes_TrainsTheSameModel()
    {
        using var without = new TinyRun();
        using var with = new TinyRun();
        without.Train(changes: All[..2]);
        with.Train(changes: All);
        with.Rows().Where(r => !ProbeCatalog.All.Names.Contains((string?)r["kind"])).Count().ShouldBe(without.Rows().Count);
        foreach (var file in new[] { "model", "optimizer", "generator" })
            Bytes(with, file).ShouldBe(Bytes(without, file), file);

        static byte[] Bytes(TinyRun run, string file) => File.ReadAllBytes(Path.Combine(run.Checkpoints()[^1], file + ".safetensors"));
    }

    [Fact]
    public void InferenceNetwork_ModelStandsStill_TightensItsTestBoundAndLeavesTheModelAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var experiment = TinyRun.Experiment([.. All, ("learning-rate", "0.03"), ("estimator", "straight-through")]);
        var recorder = new Recorder();
        var probe = experiment.Probes.Single(p => p.Name == "inference-network").Probe;
        using (torch.no_grad())
        {
            using var rng = new Generator(3);
            foreach (var p in experiment.Model.parameters()) p.add_(torch.randn(p.shape, generator: rng));
        }

        float[][] Weights() => [.. experiment.Model.state_dict().Values.Select(p => p.ToArray<float>())];
        double Mean() => (double)probe.Report(recorder).Single(f => f.Name == "mean").Value!;
        var (weights, before) = (Weights(), Mean());
        for (var step = 0; step < 200; step++) probe.AfterBackward(step);
        Mean().ShouldBeGreaterThan(before + 1);
        Weights().ShouldBe(weights);
        experiment.Model.parameters().Any(p => p.grad is not null).ShouldBeFalse();
        foreach (var (name, own) in probe.state_dict().Where(t => t.Key.StartsWith("model.generator", StringComparison.Ordinal)))
            own.ToArray<float>().ShouldBe(experiment.Model.state_dict()[name["model.".Length..]].ToArray<float>(), name);
    }

    [Fact]
    public void InferenceNetwork_ModelWithoutOne_SaysSo() =>
        Should.Throw<InputException>(() => TinyRun.Experiment(("model", "structured-prediction"), ("probes", "inference-network")))
            .Message.ShouldStartWith("the probe inference-network is for models with a prior and an inference network");
}
