using Heaviside.Torch;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class CheckpointTests
{
    public static TheoryData<string, string> Damages()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in new[] { "model.safetensors", "estimator.safetensors", "optimizer.safetensors", "generator.safetensors", "state.json" })
            foreach (var damage in new[] { "missing", "empty", "cut", "garbage" })
                data.Add(file, damage);
        return data;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void TryLoad_NewestIsDamaged_ContinuesFromTheOneBefore(string file, string damage)
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train();
        run.TrainTo(8);
        run.Checkpoints().Select(Path.GetFileName).ShouldBe(["step-0000000006", "step-0000000008"]);
        var newest = run.Checkpoints()[^1];
        Damage(Path.Combine(newest, file), damage);
        run.Train();
        run.Observer.Notes.Count.ShouldBe(2);
        run.Observer.Notes[0].ShouldStartWith($"{newest}: passed over");
        run.Observer.Notes[0].ShouldNotContain('\n');
        run.Observer.Notes[1].ShouldBe("continuing from step 6");
        run.ShouldEqual(whole);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"step":8.5,"epoch":1,"batch":3,"metrics-position":0,"objective-sum":0,"objective-count":0,"best-bound":null,"best-step":0,"stale":0,"seconds":0}""")]
    [InlineData("""{"step":"8","epoch":1,"batch":3,"metrics-position":0,"objective-sum":0,"objective-count":0,"best-bound":null,"best-step":0,"stale":0,"seconds":0}""")]
    public void TryLoad_StateIsOtherJson_ContinuesFromTheOneBefore(string json)
    {
        using var run = new TinyRun();
        run.TrainTo(8);
        File.WriteAllText(Path.Combine(run.Checkpoints()[^1], "state.json"), json);
        run.Train().Step.ShouldBe(12);
        run.Observer.Notes[^1].ShouldBe("continuing from step 6");
    }

    [Fact]
    public void TryLoad_NoneFits_ChangesNothingAndSaysSo()
    {
        using var run = new TinyRun();
        run.TrainTo(2);
        run.TrainTo(4);
        foreach (var path in run.Checkpoints())
            TensorFile.Write(Path.Combine(path, "optimizer.safetensors"), new Dictionary<string, Tensor> { ["0.step"] = torch.scalar(1L) });
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        using var rng = new Generator(1);
        var before = experiment.Model.parameters().Select(p => p.ToArray<float>()).ToList();
        Checkpoint.TryLoad(folder, experiment, rng, out var state, run.Observer.Note).ShouldBeFalse();
        state.ShouldBe(new TrainingState());
        run.Observer.Notes.Count(n => n.Contains("passed over", StringComparison.Ordinal)).ShouldBe(2);
        foreach (var (p, old) in experiment.Model.parameters().Zip(before)) p.ToArray<float>().ShouldBe(old);
        using var fresh = new Generator(1);
        rng.get_state().ToArray<byte>().ShouldBe(fresh.get_state().ToArray<byte>());
    }

    // The damaged checkpoint is reached again: it must be replaced, or every later resume starts before it.
    [Fact]
    public void Save_DamagedOneOfTheSameStep_IsReplaced()
    {
        using var run = new TinyRun();
        run.Train();
        Damage(Path.Combine(run.Checkpoints()[^1], "state.json"), "cut");
        run.Train().Step.ShouldBe(12);
        run.Observer.Notes.Clear();
        run.Train().Step.ShouldBe(12);
        run.Observer.Notes.ShouldBe(["continuing from step 12"]);
    }

    private static void Damage(string file, string how)
    {
        var bytes = File.ReadAllBytes(file);
        if (how == "missing") File.Delete(file);
        else
            File.WriteAllBytes(file, how switch
            {
                "empty" => [],
                "cut" => bytes[..(bytes.Length / 2)],
                _ => [.. bytes.Select((b, i) => (byte)((b * 31) + i))],
            });
    }
}
