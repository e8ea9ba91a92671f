using Heaviside.Data;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

public class ExperimentTests
{
    [Theory]
    [InlineData("learning-rte", "0.1", "did you mean 'learning-rate'")]
    [InlineData("estimator", "gumbel-sotfmax", "did you mean 'gumbel-softmax'")]
    [InlineData("model", "vae", "unknown model 'vae'")]
    [InlineData("optimizer", "adamm", "did you mean")]
    [InlineData("latents", "3by4", "NxK")]
    [InlineData("device", "tpu", "setting 'device'")]
    [InlineData("device", "cuda:99", "CUDA devices")]
    [InlineData("temperature", "0", "from 1e-6 to 1000000 at every step")]
    [InlineData("temperature", "linear(1, 0, steps=5)", "from 1e-6 to 1000000 at every step")]
    [InlineData("temperature", "steps(1, -1, at=[3, 5])", "from 1e-6 to 1000000 at every step")]
    [InlineData("learning-rate", "-0.001", "0 or more at every step")]
    [InlineData("kl-weight", "linear(0, -1, steps=5)", "0 or more at every step")]
    [InlineData("batch-size", "0", "batch-size")]
    [InlineData("samples", "0", "samples")]
    [InlineData("probes", "[train-bound, tets-bound]", "did you mean 'test-bound'")]
    public void Create_WrongSetting_SaysSoInOneLine(string key, string value, string expected)
    {
        var message = Should.Throw<InputException>(() => TinyRun.Experiment((key, value)).Dispose()).Message;
        message.ShouldContain(expected);
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void Create_DataSetNotThere_Throws() =>
        Should.Throw<InputException>(() => Experiment.Create(new([new("data", "fashion-mnst")]), DataFolders.Standard())).Message.ShouldContain("did you mean 'fashion-mnist'?");

    [Fact]
    public void Create_Epochs_BecomeStepsIncludingShortBatches()
    {
        using var experiment = TinyRun.Experiment(("steps", "0"), ("epochs", "3"), ("validate-every", "0"));
        experiment.Options.Steps.ShouldBe(15); // 45 images in batches of 10
        experiment.Options.ValidateEvery.ShouldBe(5);
    }

    [Fact]
    public void Create_SameSeed_SameInitialWeightsWhateverTheEstimator()
    {
        using var a = TinyRun.Experiment(("estimator", "reinforce"));
        using var b = TinyRun.Experiment(("estimator", "gumbel-softmax"));
        using var c = TinyRun.Experiment(("seed", "8"));
        float[] Weights(Experiment e) => e.Model.state_dict()["encoder.0.weight"].ToArray<float>();
        Weights(a).ShouldBe(Weights(b));
        Weights(a).ShouldNotBe(Weights(c));
    }
}
