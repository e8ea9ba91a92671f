using Heaviside.Optimizers;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class TuningTests
{
    // SGD from 0 along the gradient -2 (value - 0) of the tuning loss, with the factor times the learning rate.
    [Theory]
    [InlineData(null, 10)]
    [InlineData("3", 3)]
    public void Run_EstimatorThatLearns_FollowsItsTuningLossAlone(string? setting, double factor)
    {
        LearnedBaseline? estimator = null;
        using var run = new TinyRun { Estimator = () => estimator = new LearnedBaseline() };
        (string, string)[] changes = [("steps", "1"), ("optimizer", "sgd"), ("learning-rate", "0.001"), ("weight-decay", "0.5")];
        run.Train(default, setting is null ? changes : [.. changes, ("tuning-learning-rate-factor", setting)]);
        estimator!.LastValue.ShouldBeLessThan(-5); // 16 pixels, of up to log 2 nats at first
        using var scope = torch.NewDisposeScope();
        var saved = TensorFile.Read(Path.Combine(run.Checkpoints()[0], "estimator.safetensors"), torch.CPU)["baseline"].Number();
        saved.ShouldBe((float)(0.001 * factor * 2 * estimator.LastValue), 1e-5f);
    }

    // Without gradients a step is the decay alone: 1 - 0.1 * 0.5.
    [Theory]
    [InlineData("all", 0.95)]
    [InlineData("matrices", 1)]
    public void Step_Decay_IsOfAllOrOfMatrices(string decay, double bias)
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] parameters = [torch.ones([3], torch.float64).requires_grad_(), torch.ones([2, 3], torch.float64).requires_grad_()];
        foreach (var p in parameters) p.grad = torch.zeros_like(p);
        using var optimizer = OptimizerCatalog.Read(new([new("optimizer", "sgd"), new("weight-decay", "0.5"), new("decay", decay)])).Create(parameters);
        optimizer.learning_rate = 0.1;
        optimizer.step();
        parameters[0].max().Number().ShouldBe(bias, 1e-12);
        parameters[1].max().Number().ShouldBe(0.95, 1e-12);
    }

    [Fact]
    public void Run_TuningLossThatDependsOnTheModel_DoesNotChangeHowTheModelLearns()
    {
        using var apart = new TinyRun { Estimator = () => new LearnedBaseline() };
        using var through = new TinyRun { Estimator = () => new LearnedBaseline { TunesThroughTheModel = true } };
        apart.Train();
        through.Train();
        through.ShouldEqual(apart);
    }

    [Theory]
    [InlineData("adam", 5)]
    [InlineData("adam", 6)]
    [InlineData("sgd", 5)]
    public void Run_StoppedAndContinued_IsTheUninterruptedRun(string optimizer, long step)
    {
        (string, string)[] changes = [("optimizer", optimizer)];
        using var whole = new TinyRun { Estimator = () => new LearnedBaseline() };
        using var parts = new TinyRun { Estimator = () => new LearnedBaseline() };
        whole.Train(changes: changes);
        parts.TrainTo(step, changes).Step.ShouldBe(step);
        parts.Train(changes: changes).Step.ShouldBe(12);
        parts.ShouldEqual(whole);
    }

    // Whatever is learned or running is in the checkpoint.
    [Theory]
    [InlineData("rebar", "scale", "parameter")]
    [InlineData("rebar", "scale", "layer")]
    [InlineData("relax", "control-layers", "5")]
    [InlineData("muprop", "samples", "2")]
    [InlineData("normalized-nvil", "samples", "2")]
    [InlineData("reinforce", "baseline", "running")]
    public void Run_CatalogEstimatorStoppedAndContinued_IsTheUninterruptedRun(string estimator, string key, string value)
    {
        (string, string)[] changes = [("model", "sbn"), ("estimator", estimator), (key, value)];
        using var whole = new TinyRun();
        using var parts = new TinyRun();
        whole.Train(changes: changes);
        parts.TrainTo(5, changes);
        parts.Train(changes: changes);
        parts.ShouldEqual(whole);
    }

    [Fact]
    public void Run_LearnedTemperature_IsInTheMetrics()
    {
        using var run = new TinyRun();
        run.Train(changes: [("model", "sbn"), ("estimator", "rebar"), ("temperature", "0.4")]);
        var temperatures = run.Rows().Where(r => (string?)r["kind"] == "train").Select(r => (double)r["temperature"]!).ToList();
        temperatures.ShouldAllBe(t => t > 0.2 && t < 0.8 && t != 0.4);
        temperatures.Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Experiment_LearnedTemperatureOnASchedule_IsRefused() =>
        Should.Throw<InputException>(() => TinyRun.Experiment(("model", "sbn"), ("estimator", "rebar"), ("temperature", "linear(1, 0.5, steps=10)")))
            .Message.ShouldContain("set learn-temperature=false");

    [Fact]
    public void Experiment_BoundOfSamplesWithAWeightedDivergence_IsRefused()
    {
        foreach (var weight in new[] { "0.5", "linear(1, 0, steps=5)", "steps(1, 2, at=[3])" })
            Should.Throw<InputException>(() => TinyRun.Experiment(("estimator", "vimco"), ("kl-weight", weight))).Message.ShouldContain("leave out kl-weight");
        // However it is written, a weight of 1 is none.
        foreach (var weight in new[] { "1", "1.0", "linear(1, 1, steps=5)", "steps(1, 1, at=[3])", "exponential(1, rate=0.1, floor=1)", "cosine(1, 1, steps=9)" })
            TinyRun.Experiment(("estimator", "vimco"), ("kl-weight", weight)).Dispose();
    }

    [Fact]
    public void Experiment_EstimatorThatLearnsNothing_DoesNotKnowTheFactor()
    {
        using var experiment = TinyRun.Experiment();
        experiment.Settings.Resolved.ShouldNotContain(s => s.Key == "tuning-learning-rate-factor");
        Should.Throw<InputException>(() => TinyRun.Experiment(("tuning-learning-rate-factor", "10"))).Message.ShouldContain("unknown setting");
    }
}
