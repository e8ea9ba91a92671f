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
        run.Observer.Notes[0].ShouldStartWith($"passed over a checkpoint that cannot be read: {newest}: ");
        run.Observer.Notes[0].ShouldNotContain('\n');
        run.Observer.Notes[1].ShouldBe("continuing from step 6");
        run.ShouldEqual(whole);
    }

    [Theory]
    [InlineData("""{"step":8,"step":9}""")]
    [InlineData("""{"step":8,"epoch":1,"batch":3,"metrics-position":-1,"objective-sum":0,"objective-count":0,"best-bound":null,"best-step":0,"stale":0,"seconds":0}""")]
    [InlineData("""{"step":8,"epoch":1,"batch":3,"metrics-position":0,"objective-sum":0,"objective-count":0,"best-step":0,"stale":0,"seconds":0}""")]
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

    // Texts and numbers that the parser takes and nobody can use; fields that do not fit each other. Without checksums, as version 0.2 wrote them.
    [Theory]
    [InlineData("\"seconds\"", "1e400")]
    [InlineData("\"seconds\"", "-1")]
    [InlineData("\"seconds\"", "\"\\ud800\"")]
    [InlineData("\"seconds\"", "5,\"\\ud800\":1")]
    [InlineData("\"batch\"", "2000000000")]
    [InlineData("\"batch\"", "5")]
    [InlineData("\"batch\"", "2")]
    [InlineData("\"batch\"", "1e1")]
    [InlineData("\"epoch\"", "2147483647")]
    [InlineData("\"epoch\"", "2147483648")]
    [InlineData("\"epoch\"", "[1]")]
    [InlineData("\"step\"", "6")]
    [InlineData("\"step\"", "9223372036854775808")]
    [InlineData("\"stale\"", "9")]
    [InlineData("\"stale\"", "null")]
    [InlineData("\"best-step\"", "0")]
    [InlineData("\"best-step\"", "9")]
    [InlineData("\"best-bound\"", "null")]
    [InlineData("\"best-bound\"", "{}")]
    [InlineData("\"best-sum\"", "5")]
    [InlineData("\"objective-count\"", "9")]
    [InlineData("\"objective-sum\"", "-1e999")]
    [InlineData("\"metrics-position\"", "3")]
    [InlineData("\"metrics-position\"", "1000000")]
    public void TryLoad_FieldThatCannotBe_ContinuesFromTheOneBefore(string field, string value)
    {
        using var run = new TinyRun();
        run.TrainTo(8);
        var newest = run.Checkpoints()[^1];
        var file = TinyRun.WithoutSums(newest);
        var text = File.ReadAllText(file);
        var changed = System.Text.RegularExpressions.Regex.Replace(text, $"{field}:[^,}}]+", $"{field}:{value}");
        changed.ShouldNotBe(text);
        File.WriteAllText(file, changed);
        run.Train().Step.ShouldBe(12);
        run.Observer.Notes[0].ShouldStartWith($"passed over a checkpoint that cannot be read: {newest}: ");
        run.Observer.Notes[0].ShouldNotContain('\n');
        run.Observer.Notes[^1].ShouldBe("continuing from step 6");
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("estimator.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("generator.safetensors")]
    [InlineData("state.json")]
    public void TryLoad_ChangedBytes_ContinuesFromTheOneBefore(string file)
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train();
        run.TrainTo(8);
        var path = Path.Combine(run.Checkpoints()[^1], file);
        var bytes = File.ReadAllBytes(path);
        if (file == "state.json") bytes = [.. System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace("\"stale\":0", "\"stale\":1", StringComparison.Ordinal))];
        else bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        run.Train();
        run.Observer.Notes[0].ShouldContain("its checksum is another");
        run.ShouldEqual(whole);
    }

    [Fact]
    public void TryLoad_OfVersion02_WithoutChecksums_Continues()
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train();
        run.TrainTo(8);
        foreach (var checkpoint in run.Checkpoints()) TinyRun.WithoutSums(checkpoint);
        run.Train();
        run.Observer.Notes.ShouldBe(["continuing from step 8"]);
        run.ShouldEqual(whole);

        // What such a checkpoint does not know is in the recipe.
        foreach (var checkpoint in run.Checkpoints()) TinyRun.WithoutSums(checkpoint);
        Should.Throw<InputException>(() => run.Train(default, ("batch-size", "5"))).Message.ShouldContain("was made with batch-size: 10");
        run.Train(default, ("steps", "14")).Step.ShouldBe(14);
        run.Observer.Notes.ShouldContain("from step 12 on: steps: 14, was 12");
    }

    [Fact]
    public void TryLoad_MetricsThatAreTooShortForTheNewest_ContinuesFromTheOneBefore()
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train();
        run.TrainTo(8);
        var metrics = Path.Combine(run.Path, "metrics.jsonl");
        File.WriteAllLines(metrics, File.ReadAllLines(metrics).SkipLast(1));
        run.Train();
        run.Observer.Notes[^1].ShouldBe("continuing from step 6");
        run.ShouldEqual(whole);
    }

    [Fact]
    public void TryLoad_NoneCanBeRead_ChangesNothingAndSaysWhy()
    {
        using var run = new TinyRun();
        run.TrainTo(2);
        run.TrainTo(4);
        var (older, newer) = (run.Checkpoints()[0], run.Checkpoints()[1]);
        TinyRun.WithoutSums(older);
        TensorFile.Write(Path.Combine(older, "optimizer.safetensors"), new Dictionary<string, Tensor> { ["0.step"] = torch.tensor(1L) });
        Damage(Path.Combine(newer, "generator.safetensors"), "missing");
        var metrics = run.Metrics();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Open(run.Path);
        using var rng = new Generator(1);
        var before = experiment.Model.parameters().Select(p => p.ToArray<float>()).ToList();
        var message = Should.Throw<InputException>(() => new Trainer(experiment, folder, run.Observer).Run(default)).Message;
        message.ShouldContain($"{Path.Combine(older, "optimizer.safetensors")}: has other tensors");
        message.ShouldContain($"{newer}: ");
        message.ShouldNotContain('\n');
        run.Metrics().ShouldBe(metrics);
        Should.Throw<InputException>(() => Checkpoint.TryLoad(folder, experiment, rng, out _, run.Observer.Note));
        foreach (var (p, old) in experiment.Model.parameters().Zip(before)) p.ToArray<float>().ShouldBe(old);
        using var fresh = new Generator(1);
        rng.get_state().ToArray<byte>().ShouldBe(fresh.get_state().ToArray<byte>());
    }

    // The state of another generator, such as a GPU's of 16 bytes, or one of the right size that libtorch refuses.
    [Theory]
    [InlineData(16)]
    [InlineData(0)]
    public void TryLoad_ForeignGeneratorState_ContinuesFromTheOneBefore(int bytes)
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train();
        run.TrainTo(8);
        var file = Path.Combine(run.Checkpoints()[^1], "generator.safetensors");
        TinyRun.WithoutSums(run.Checkpoints()[^1]);
        using var state = torch.zeros([bytes > 0 ? bytes : TensorFile.Read(file, torch.CPU)["state"].numel()], ScalarType.Byte);
        TensorFile.Write(file, new Dictionary<string, Tensor> { ["state"] = state });
        run.Train();
        run.Observer.Notes[0].ShouldStartWith("passed over");
        run.ShouldEqual(whole);
    }

    [Fact]
    public void TryLoad_NoCheckpointYet_StartsAtTheFirstStep()
    {
        using var run = new TinyRun();
        using var experiment = TinyRun.Experiment();
        using var folder = RunFolder.Create(run.Path, experiment);
        using var rng = new Generator(1);
        Checkpoint.TryLoad(folder, experiment, rng, out var state, run.Observer.Note).ShouldBeFalse();
        state.ShouldBe(new TrainingState());
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
