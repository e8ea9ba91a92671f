using System.Text.Json.Nodes;
using Heaviside.Data;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class RunReportTests
{
    [Fact]
    public void Write_TrainedRun_LeavesResultPicturesAndCurves()
    {
        using var run = new TinyRun();
        var state = run.Train();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        var result = RunReport.Write(folder, experiment, state, run.Observer, default);

        result.ImportanceWeighted!.Samples.ShouldBe(5);
        (result.BestStep, result.Steps).ShouldBe((state.BestStep, 12));
        var json = JsonNode.Parse(File.ReadAllText(folder.ResultFile))!;
        json["bounds"]!.AsArray().Select(b => (double)b!["mean"]!).ShouldBe([result.Elbo.Mean, result.ImportanceWeighted.Mean]);
        json["bounds"]!.AsArray().Select(b => (int)b!["images"]!).ShouldBe([11, 11]);
        ((string?)json["conditions"]).ShouldBe("fashion-mnist (synthetic), binarization dynamic, categorical-vae, gumbel-softmax, seed 7");
        foreach (var picture in new[] { folder.SamplesFile, folder.ReconstructionsFile })
            File.ReadAllBytes(picture)[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        var curves = File.ReadAllText(folder.CurvesFile);
        curves.ShouldContain("relaxed objective (no bound)");
        curves.ShouldContain("<svg");
        run.Observer.Evaluations.ShouldContain(("test bound, 5 samples", 11, 11));
    }

    [Theory]
    [InlineData("steps", "0", 12)]
    [InlineData("patience", "1", 8)]
    public void Write_OfARun_SaysWhatEndedIt(string end, string patience, int steps)
    {
        (string, string)[] changes = [("patience", patience), ("learning-rate", end == "patience" ? "0" : "0.001")]; // the bound stays, or it does not matter
        using var run = new TinyRun();
        var state = run.Train(changes: changes);
        using var experiment = TinyRun.Experiment(changes);
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default).End.ShouldBe(Enum.Parse<RunEnd>(end, ignoreCase: true));
        var json = JsonNode.Parse(File.ReadAllText(folder.ResultFile))!;
        ((string?)json["ended-by"], (int)json["steps"]!).ShouldBe((end, steps));
    }

    [Fact]
    public void Write_WithOneTestSample_HasTheBoundOnce()
    {
        using var run = new TinyRun();
        var state = run.Train(changes: ("test-samples", "1"));
        using var experiment = TinyRun.Experiment(("test-samples", "1"));
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default).ImportanceWeighted.ShouldBeNull();
        var bounds = JsonNode.Parse(File.ReadAllText(folder.ResultFile))!["bounds"]!.AsArray();
        ((string?)bounds.ShouldHaveSingleItem()!["kind"]).ShouldBe("elbo");
    }

    // Where the model sees other pixels than the data have, these are above them: one row more.
    [Theory]
    [InlineData("dynamic", 3)]
    [InlineData("none", 2)]
    public void Reconstructions_OfGreyImages_BeginWithTheOriginals(string binarization, int rows)
    {
        const int count = 5;
        using var experiment = TinyRun.Experiment(("binarization", binarization));
        var picture = RunImages.Reconstructions(experiment, count, seed: 1);
        var test = experiment.Images.Set.Test;
        var zoom = 96 / Math.Max(test.Height, test.Width);
        var left = picture.Width - (count * ((zoom * test.Width) + 4));
        var below = picture.Height - (4 + (rows * ((zoom * test.Height) + 4))); // the caption's lines
        below.ShouldBeInRange(18 + 8, (5 * 18) + 8);
        for (var i = 0; i < count; i++)
            for (var p = 0; p < test.ImageSize; p++)
                picture[4 + (p / test.Width * zoom), left + (i * ((zoom * test.Width) + 4)) + (p % test.Width * zoom)][0].ShouldBe(test.Image(i)[p]);
    }

    [Theory]
    [InlineData("vimco", "K-sample bound")]
    [InlineData("reinforce", "training objective")]
    public void Write_Estimator_NamesItsObjectiveInTheCurves(string estimator, string name)
    {
        using var run = new TinyRun();
        var state = run.Train(default, ("estimator", estimator));
        using var experiment = TinyRun.Experiment(("estimator", estimator));
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default);
        File.ReadAllText(folder.CurvesFile).ShouldContain(name);
    }

    // JSON has no infinity.
    [Fact]
    public void Write_BoundOverflows_WritesNullAndSaysSo()
    {
        using var run = new TinyRun();
        var state = run.Train();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        experiment.Model.state_dict()["decoder.2.bias"].AsSpan<float>().Fill(float.MaxValue);
        TensorFile.Write(folder.BestFile(state.BestStep), experiment.Model.state_dict());
        RunReport.Write(folder, experiment, state with { BestSum = null }, run.Observer, default).Elbo.Mean.ShouldBe(double.NegativeInfinity);
        var json = JsonNode.Parse(File.ReadAllText(folder.ResultFile))!;
        json["bounds"]!.AsArray().ShouldAllBe(b => b!["mean"] == null && b["standard-error"] == null && (int)b["images"]! == 11);
        run.Observer.Notes.Count(n => n.Contains("has as null", StringComparison.Ordinal)).ShouldBe(2);
    }

    // The report is about the best weights, whatever the experiment holds when it is called.
    [Fact]
    public void Write_OtherWeightsInMemory_GivesTheSameResult()
    {
        using var run = new TinyRun();
        var state = run.Train();
        using var folder = RunFolder.Open(run.Path);
        using var fresh = TinyRun.Experiment();
        using var other = TinyRun.Experiment();
        foreach (var p in other.Model.parameters()) p.AsSpan<float>().Fill(1);
        RunReport.Write(folder, other, state, run.Observer, default).ShouldBe(RunReport.Write(folder, fresh, state, run.Observer, default));
    }

    [Fact]
    public void Evaluate_Validation_IsTheBoundOfItsOwnStream()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        var bound = RunReport.Evaluate(experiment, 1, Split.Validation, run.Observer, default);
        bound.Images.ShouldBe(13);
        RunReport.Evaluate(experiment, 1, Split.Validation, run.Observer, default).ShouldBe(bound);
    }

    // Lines that parse and hold something else are left out of the curves; one that does not parse leaves out the curves, never the bounds.
    [Theory]
    [InlineData("""{"kind":5}""", 0)]
    [InlineData("""{"kind":"train","step":null}""", 0)]
    [InlineData("""{"kind":"train","step":3,"point":7,"objective":"much"}""", 0)]
    [InlineData("""{"kind":"train","step":3,"point":"7"}""", 0)]
    [InlineData("""{"kind":"validation","step":[],"mean":{}}""", 0)]
    [InlineData("""{"kind":"train","step":1e400}""", 1)]
    [InlineData("""{"kind":"\ud800"}""", 1)]
    [InlineData("5", 1)]
    public void Write_DamagedLineOfMetrics_KeepsTheBounds(string line, int notes)
    {
        using var run = new TinyRun();
        var state = run.Train();
        run.Observer.Notes.Clear();
        var metrics = Path.Combine(run.Path, "metrics.jsonl");
        File.WriteAllLines(metrics, File.ReadAllLines(metrics).Append(line).Reverse());
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        RunReport.Write(folder, experiment, state, run.Observer, default);
        File.Exists(folder.ResultFile).ShouldBeTrue();
        run.Observer.Notes.Count(n => n.Contains("is not drawn", StringComparison.Ordinal)).ShouldBe(notes);
    }

    [Theory]
    [InlineData("state.json")]
    [InlineData("best")]
    public void Load_NewestIsDamaged_TakesTheOneBeforeAndSaysSo(string what)
    {
        using var run = new TinyRun();
        run.TrainTo(9, ("learning-rate", "0.01"));
        run.Best().ShouldBe(["best-0000000004.safetensors", "best-0000000008.safetensors"]);
        var file = what == "best" ? Path.Combine(run.Path, run.Best()[^1]) : Path.Combine(run.Checkpoints()[^1], what);
        var bytes = File.ReadAllBytes(file);
        bytes[^2] ^= 1;
        File.WriteAllBytes(file, bytes);
        using var folder = RunFolder.OpenToRead(run.Path);
        using var experiment = RunReport.Load(folder, settings => TinyRun.Experiment([.. settings.Given.Select(s => (s.Key, s.Value))]), run.Observer.Note);
        run.Observer.Notes.ShouldHaveSingleItem().ShouldStartWith($"passed over a checkpoint that cannot be read: {run.Checkpoints()[^1]}: ");
        using var scope = torch.NewDisposeScope();
        var best = TensorFile.Read(folder.BestFile(4), torch.CPU);
        foreach (var (name, tensor) in experiment.Model.state_dict()) tensor.ToArray<float>().ShouldBe(best[name].ToArray<float>(), name);
    }

    [Fact]
    public void Load_RecipeWasChanged_IsRefused()
    {
        using var run = new TinyRun();
        run.Train();
        using var folder = RunFolder.OpenToRead(run.Path);
        Should.Throw<InputException>(() => RunReport.Load(folder, _ => TinyRun.Experiment(("estimator", "reinforce")), run.Observer.Note)).Message
            .ShouldContain("was made with estimator: gumbel-softmax, the run's recipe now has reinforce");
    }

    [Fact]
    public void Write_NothingValidated_SaysHowToContinue()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        Should.Throw<InputException>(() => RunReport.Write(folder, experiment, new(), run.Observer, default)).Message.ShouldContain("--resume");
    }

    [Fact]
    public void Write_Cancelled_LeavesNoResult()
    {
        using var run = new TinyRun();
        var state = run.Train();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => RunReport.Write(folder, experiment, state, run.Observer, stop.Token));
        File.Exists(folder.ResultFile).ShouldBeFalse();
    }
}
