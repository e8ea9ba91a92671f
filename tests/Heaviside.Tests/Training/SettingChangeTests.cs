using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class SettingChangeTests
{
    [Theory]
    [InlineData("seed", "8", "seed: 7")]
    [InlineData("batch-size", "10000", "batch-size: 10")]
    [InlineData("batch-size", "1", "batch-size: 10")]
    [InlineData("estimator", "reinforce", "estimator: gumbel-softmax")]
    [InlineData("temperature", "0.1", "temperature: 0.5")]
    [InlineData("optimizer", "sgd", "optimizer: adam")]
    [InlineData("latents", "4x4", "latents: 3x4")]
    public void Resume_WithWhatMayNotChange_IsRefusedAndLeavesTheRunAsItIs(string key, string value, string was)
    {
        using var run = new TinyRun();
        run.TrainTo(8);
        var (metrics, recipe) = (run.Metrics(), File.ReadAllText(Path.Combine(run.Path, "recipe.yaml")));
        var message = Should.Throw<InputException>(() => run.Train(default, (key, value))).Message;
        message.ShouldStartWith(run.Checkpoints()[^1]);
        message.ShouldContain($"was made with {was}, the run's recipe now has {value}");
        message.ShouldNotContain('\n');
        run.Metrics().ShouldBe(metrics);
        File.ReadAllText(Path.Combine(run.Path, "recipe.yaml")).ShouldBe(recipe);
        run.Checkpoints().Length.ShouldBe(2);
    }

    [Fact]
    public void Resume_WithAnotherLearningRate_NotesItsStepAndHasItInTheRecipe()
    {
        using var run = new TinyRun();
        run.TrainTo(8);
        run.TrainTo(10, ("learning-rate", "0.01"), ("patience", "3"));
        run.Observer.Notes.ShouldBe(["from step 8 on: learning-rate: 0.01, was 0.001; patience: 3, was 0", "continuing from step 8"]);
        Changes(run).ShouldHaveSingleItem().ToJsonString().ShouldBe("""{"step":8,"settings":{"learning-rate":{"was":"0.001","is":"0.01"},"patience":{"was":"0","is":"3"}}}""");
        using (var folder = RunFolder.OpenToRead(run.Path)) folder.ReadSettings().Given.ShouldContain(new KeyValuePair<string, string>("learning-rate", "0.01"));
        run.Rows().Where(r => (string?)r["kind"] == "train").Select(r => (double)r["learning-rate"]!).ShouldBe([0.001, 0.001, 0.001, 0.001, 0.01]);

        // Nothing has changed since: what was noted stays.
        run.Train(default, ("learning-rate", "0.01"), ("patience", "3"));
        run.Observer.Notes[^1].ShouldBe("continuing from step 10");
        Changes(run).Count.ShouldBe(1);
    }

    // A change before which no checkpoint was made is taken back.
    [Fact]
    public void Resume_WithoutAChangeThatCameToNothing_ForgetsIt()
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train();
        run.TrainTo(8);
        run.Observer.OnStep = _ => throw new InvalidOperationException("killed");
        Should.Throw<InvalidOperationException>(() => run.Train(default, ("learning-rate", "0.01")));
        Changes(run).Count.ShouldBe(1);
        run.Observer.OnStep = null;
        run.Train();
        Changes(run).ShouldBeEmpty();
        run.ShouldEqual(whole);
    }

    [Fact]
    public void Resume_OfAFinishedRun_WithMoreSteps_IsTheRunOfThatLength()
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train(default, ("steps", "24"));
        run.Train();
        File.WriteAllText(Path.Combine(run.Path, "result.json"), "of step 12");
        run.Train(default, ("steps", "24")).Step.ShouldBe(24);
        run.ShouldEqual(whole);
        File.Exists(Path.Combine(run.Path, "result.json")).ShouldBeFalse();
        Changes(run).Select(c => (long)c["step"]!).ShouldBe([12]);
    }

    [Fact]
    public void Resume_WithANewProbe_BeginsItThere()
    {
        using var run = new TinyRun();
        run.TrainTo(8);
        run.Train(default, ("probes", "[gradient-variance]")).Step.ShouldBe(12);
        run.Rows().Where(r => (string?)r["kind"] == "gradient-variance").Select(r => ((long)r["step"]!, (long)r["steps"]!)).ShouldBe([(12, 4)]);
    }

    [Fact]
    public void Resume_BeforeTheFirstCheckpoint_BeginsWithTheRecipeAsItIsNow()
    {
        using var run = new TinyRun();
        using (var experiment = TinyRun.Experiment())
        using (RunFolder.Create(run.Path, experiment))
        {
        }

        run.Train(default, ("seed", "8"));
        using var folder = RunFolder.OpenToRead(run.Path);
        folder.ReadSettings().Given.ShouldContain(new KeyValuePair<string, string>("seed", "8"));
        ((long)JsonNode.Parse(File.ReadAllText(folder.InfoFile))!["seed"]!).ShouldBe(8);
    }

    [Fact]
    public void Apply_Epochs_TakeThePlaceOfSteps()
    {
        Settings recipe = new([new("epochs", "20"), new("steps", "100"), new("seed", "3")]);
        string Of(params (string Key, string Value)[] asked) => string.Join(' ', SettingChange.Apply(recipe, [.. asked.Select(a => KeyValuePair.Create(a.Key, a.Value))]).Given.Select(s => s.Value));
        Of().ShouldBe("20 100 3");
        Of(("epochs", "40")).ShouldBe("40 0 3");
        Of(("steps", "200")).ShouldBe("20 200 3");
        Of(("epochs", "40"), ("steps", "200")).ShouldBe("40 200 3");
        Should.Throw<InputException>(() => Of(("seed", "4"))).Message.ShouldStartWith("a run is continued as it was begun: leave out 'seed'");
    }

    private static List<JsonNode> Changes(TinyRun run) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(run.Path, "run.json")))!["changes"]?.AsArray().Select(c => c!) ?? []];
}
