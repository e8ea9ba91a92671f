using Heaviside.Estimators;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class TrainerTests
{
    public static TheoryData<string> Estimators() => [.. EstimatorCatalog.All.Names];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Run_SameSeed_IsTheSameRun(string estimator)
    {
        using var a = new TinyRun();
        using var b = new TinyRun();
        var model = EstimatorCatalog.All.Find(estimator).Latents.HasFlag(LatentKinds.Categories) ? "categorical-vae" : "sbn";
        a.Train(changes: [("estimator", estimator), ("model", model)]);
        b.Train(changes: [("estimator", estimator), ("model", model)]);
        a.ShouldEqual(b);
    }

    [Fact]
    public void Run_OtherSeed_IsAnotherRun()
    {
        using var a = new TinyRun();
        using var b = new TinyRun();
        a.Train();
        b.Train(changes: ("seed", "8"));
        a.Metrics().ShouldNotBe(b.Metrics());
    }

    [Fact]
    public void Run_ManySteps_RaisesTheValidationBound()
    {
        using var run = new TinyRun();
        run.Train(default, ("steps", "200"), ("validate-every", "100"), ("learning-rate", "0.01"), ("binarization", "threshold"));
        run.Observer.Bounds[^1].Mean.ShouldBeGreaterThan(run.Observer.Bounds[0].Mean);
        run.Observer.Bounds[^1].Mean.ShouldBeGreaterThan(16 * Math.Log(0.5));
    }

    // Steps before and after logs (2), checkpoints (3), validations (4) and the end of an epoch (5).
    [Theory]
    [InlineData("adam", 1)]
    [InlineData("adam", 3)]
    [InlineData("adam", 4)]
    [InlineData("adam", 5)]
    [InlineData("adam", 7)]
    [InlineData("adam", 11)]
    [InlineData("adam", 12)]
    [InlineData("adamw", 5)]
    [InlineData("sgd", 5)]
    public void Run_StoppedAndContinued_IsTheUninterruptedRun(string optimizer, long step)
    {
        (string, string)[] changes = [("optimizer", optimizer), ("temperature", "linear(1, 0.5, steps=10)")];
        using var whole = new TinyRun();
        using var parts = new TinyRun();
        whole.Train(changes: changes);
        parts.TrainTo(step, changes).Step.ShouldBe(step);
        parts.Train(changes: changes).Step.ShouldBe(12);
        parts.ShouldEqual(whole);
        parts.Observer.Steps.ShouldBe(whole.Observer.Steps);
    }

    [Fact]
    public void Run_StoppedAtEveryStep_IsTheUninterruptedRun()
    {
        using var whole = new TinyRun();
        using var parts = new TinyRun();
        whole.Train();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        for (var step = 1; step <= 12; step++) parts.Train(stop.Token).Step.ShouldBe(step);
        parts.ShouldEqual(whole);
    }

    // A killed process leaves metrics behind its last checkpoint, a folder that it was writing, and a half-written file.
    [Fact]
    public void Run_Killed_ContinuesFromTheLastCheckpoint()
    {
        using var whole = new TinyRun();
        using var killed = new TinyRun();
        whole.Train();
        killed.Observer.OnStep = s =>
        {
            if (s.Step == 8) throw new InvalidOperationException("killed");
        };
        Should.Throw<InvalidOperationException>(() => killed.Train());
        File.AppendAllText(Path.Combine(killed.Path, "metrics.jsonl"), """{"kind":"train","st""");
        var unfinished = Directory.CreateDirectory(Path.Combine(killed.Path, "checkpoints", ".tmp-step-0000000009")).FullName;
        File.WriteAllText(Path.Combine(unfinished, "model.safetensors"), "half");
        File.WriteAllText(Path.Combine(killed.Path, ".tmp-best-0000000008.safetensors"), "half");

        killed.Observer.OnStep = null;
        killed.Train();
        killed.ShouldEqual(whole);
        killed.Observer.Notes.ShouldBe(["continuing from step 6"]);
        Directory.GetFileSystemEntries(killed.Path, ".tmp-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Run_Finished_StaysAsItIs()
    {
        using var run = new TinyRun();
        var state = run.Train();
        var metrics = run.Metrics();
        run.Train().ShouldBe(state);
        run.Metrics().ShouldBe(metrics);
    }

    [Fact]
    public void Run_Patience_StopsEarlyAndStaysStopped()
    {
        (string, string)[] changes = [("patience", "2"), ("steps", "1000"), ("learning-rate", "0")];
        using var run = new TinyRun();
        // Without learning the second and third validation, with the same noise, are no better than the first.
        run.Train(changes: changes).ShouldSatisfyAllConditions(
            s => s.Step.ShouldBe(12), s => s.BestStep.ShouldBe(4), s => s.Stale.ShouldBe(2));
        run.Train(changes: changes).Step.ShouldBe(12);
        run.Observer.Steps.Count.ShouldBe(12);
    }

    [Fact]
    public void Run_Checkpoints_AreTheLastTwo()
    {
        using var run = new TinyRun();
        run.Train();
        run.Checkpoints().Select(Path.GetFileName).ShouldBe(["step-0000000009", "step-0000000012"]);
    }

    [Fact]
    public void Run_Schedules_AreOfTheStepThatTheLineIsAbout()
    {
        using var run = new TinyRun();
        run.Train(default, ("learning-rate", "steps(0.01, 0.1, at=[6])"), ("temperature", "linear(1, 0.5, steps=10)"), ("kl-weight", "linear(0, 1, steps=20)"));
        var rows = run.Rows().Where(r => (string?)r["kind"] == "train").ToList();
        rows.Select(r => (long)r["step"]!).ShouldBe([2, 4, 6, 8, 10, 12]);
        // A line at step s ends with the update numbered s - 1 from 0.
        rows.Select(r => (double)r["learning-rate"]!).ShouldBe([0.01, 0.01, 0.01, 0.001, 0.001, 0.001], 1e-12);
        rows.Select(r => (double)r["temperature"]!).ShouldBe([0.95, 0.85, 0.75, 0.65, 0.55, 0.5], 1e-12);
        rows.Select(r => (double)r["kl-weight"]!).ShouldBe([0.05, 0.15, 0.25, 0.35, 0.45, 0.55], 1e-12);
        rows.ShouldAllBe(r => (string?)r["point"] == nameof(EvaluationPoint.RelaxedSample));
    }

    [Theory]
    [InlineData("reinforce", EvaluationPoint.HardSample)]
    [InlineData("gumbel-softmax", EvaluationPoint.RelaxedSample)]
    [InlineData("enumeration", EvaluationPoint.Expectation)]
    [InlineData("vimco", EvaluationPoint.ImportanceWeighted)]
    public void Run_Estimator_TellsWhereItsObjectiveWasTaken(string estimator, EvaluationPoint point)
    {
        using var run = new TinyRun();
        run.Train(default, ("estimator", estimator), ("steps", "4"));
        run.Observer.Points.ShouldBe([point, point, point, point]);
    }

    [Fact]
    public void Run_LearningRateThatBecomesZero_ChangesNoWeightsFromThenOn()
    {
        using var stopped = new TinyRun();
        using var longer = new TinyRun();
        stopped.Train(default, ("steps", "6"));
        longer.Train(default, ("learning-rate", "steps(1e-3, 0, at=[6])"));
        byte[] Weights(TinyRun run) => File.ReadAllBytes(Path.Combine(run.Checkpoints()[^1], "model.safetensors"));
        Weights(longer).ShouldBe(Weights(stopped));
    }

    [Fact]
    public void Run_Best_HasTheWeightsOfTheBestValidation()
    {
        using var run = new TinyRun();
        // Learns for four steps, then unlearns: the first validation stays the best.
        var state = run.Train(default, ("learning-rate", "steps(1e-3, 1000, at=[4])"));
        state.BestStep.ShouldBe(4);
        run.Best().ShouldBe(["best-0000000004.safetensors"]);
        Heaviside.Files.SafetensorsFile.Read(Path.Combine(run.Path, run.Best()[0])).Metadata["step"].ShouldBe("4");
        run.Rows().Where(r => (string?)r["kind"] == "validation").Select(r => (bool)r["best"]!).ShouldBe([true, false, false]);
    }

    // Killed between a validation that is the best so far and the next checkpoint.
    [Fact]
    public void Run_KilledAfterABetterValidation_KeepsTheBestWeightsOfItsCheckpoint()
    {
        (string, string)[] changes = [("learning-rate", "0.01")];
        using var whole = new TinyRun();
        using var killed = new TinyRun();
        whole.Train(changes: changes).BestStep.ShouldBe(12);
        killed.Observer.OnStep = s =>
        {
            if (s.Step == 9) throw new InvalidOperationException("killed");
        };
        Should.Throw<InvalidOperationException>(() => killed.Train(changes: changes));
        killed.Best().ShouldBe(["best-0000000004.safetensors", "best-0000000008.safetensors"]);
        using (var experiment = TinyRun.Experiment(changes))
        using (var folder = RunFolder.Open(killed.Path))
        {
            var state = Checkpoint.States(folder).Last();
            RunReport.Write(folder, experiment, state, killed.Observer, default).BestStep.ShouldBe(4);
            using var scope = torch.NewDisposeScope();
            var best = TensorFile.Read(folder.BestFile(4), torch.CPU);
            foreach (var (name, tensor) in experiment.Model.state_dict()) tensor.ToArray<float>().ShouldBe(best[name].ToArray<float>(), name);
        }

        killed.Observer.OnStep = null;
        killed.Train(changes: changes);
        killed.ShouldEqual(whole);
        killed.Best().ShouldBe(["best-0000000012.safetensors"]);
    }

    [Fact]
    public void Run_ContinuedUnderOtherCircumstances_SaysThatItIsNotBitForBit()
    {
        using var run = new TinyRun();
        run.TrainTo(4);
        var info = Path.Combine(run.Path, "run.json");
        File.WriteAllText(info, File.ReadAllText(info).Replace($"\"libtorch\": \"{Machine.LibtorchVersion}", "\"libtorch\": \"0.1", StringComparison.Ordinal));
        run.Train();
        run.Observer.Notes.ShouldBe(["continuing from step 4", $"from here on the run is not bit for bit what it would have been: libtorch: {Machine.LibtorchVersion}, was 0.1"]);
    }

    [Fact]
    public void Run_OfAnotherVersion_IsRefusedInOneLineAndLeftAsItIs()
    {
        using var run = new TinyRun();
        run.TrainTo(4);
        var info = Path.Combine(run.Path, "run.json");
        File.WriteAllText(info, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(info), "\"heaviside\": \"[0-9.]+\"", "\"heaviside\": \"0.1.0\""));
        var before = run.Checkpoints().Select(Path.GetFileName).ToArray();
        var message = Should.Throw<InputException>(() => run.Train()).Message;
        message.ShouldContain("was begun by Heaviside 0.1.0");
        message.ShouldContain("evaluate and sample take its weights");
        message.ShouldNotContain('\n');
        run.Checkpoints().Select(Path.GetFileName).ShouldBe(before);
    }
}
