using Heaviside.Torch;
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
        var saved = TensorFile.Read(Path.Combine(run.Checkpoints()[0], "estimator.safetensors"), torch.CPU)["baseline"].item<float>();
        saved.ShouldBe((float)(0.001 * factor * 2 * estimator.LastValue), 1e-5f);
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

    [Fact]
    public void Experiment_EstimatorThatLearnsNothing_DoesNotKnowTheFactor()
    {
        using var experiment = TinyRun.Experiment();
        experiment.Settings.Resolved.ShouldNotContain(s => s.Key == "tuning-learning-rate-factor");
        Should.Throw<InputException>(() => TinyRun.Experiment(("tuning-learning-rate-factor", "10"))).Message.ShouldContain("unknown setting");
    }
}
