using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Tests.Training;
using Heaviside.Training;

namespace Heaviside.Tests.Models;

/// <summary>Both models of structured prediction with residual networks.</summary>
public sealed class ResidualPredictionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Models => ["structured-prediction", "stable-prediction"];

    public static TheoryData<string, int, int, int> Shapes()
    {
        var data = new TheoryData<string, int, int, int>();
        foreach (var model in new[] { "structured-prediction", "stable-prediction" })
            foreach (var (channels, height, width) in new[] { (1, 28, 28), (3, 32, 32), (3, 9, 11) })
                data.Add(model, channels, height, width);
        return data;
    }

    public void Dispose() => folder.Dispose();

    private static (string, string)[] Tiny(string model) => [("model", model), ("network", "resnet")];

    private static DataSet Noise(int channels, int height, int width)
    {
        ImageSet Images(int count, Split split)
        {
            var pixels = new byte[count * channels * height * width];
            new Random(count).NextBytes(pixels);
            return new(pixels, channels, height, width) { Split = split };
        }

        return new("fashion-mnist", "synthetic", Images(21, Split.Train), Images(12, Split.Validation), Images(11, Split.Test));
    }

    // The last minibatch is of one image.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_ImagesThatCanBeHalved_TrainsAndReports(string model, int channels, int height, int width)
    {
        using var experiment = Experiment.Create(
            new([new("model", model), new("network", "resnet"), new("channels", "[3, 4]"), new("binarization", "dynamic"), new("steps", "3"), new("batch-size", "10"), new("test-samples", "3")]),
            Noise(channels, height, width));
        using var run = RunFolder.Create(folder["run"], experiment);
        var state = new Trainer(experiment, run, new Recorder()).Run(default);
        double.IsFinite(RunReport.Write(run, experiment, state, new Recorder(), default).ImportanceWeighted!.Mean).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Create_ImagesTooSmallToHalve_SaysSoInOneLine(string model)
    {
        using var rng = new Generator(1);
        ModelInput input = new(1, 7, 5, new float[35], rng);
        var error = Should.Throw<InputException>(() => model == "stable-prediction"
            ? (LatentVariableModel)new StablePrediction(input, new() { Network = HalvesNetwork.Resnet })
            : new StructuredPrediction(input, new() { Network = HalvesNetwork.Resnet }));
        error.Message.ShouldStartWith("images of 5 x 3 pixels are too small for a residual network of 2 stages");
        error.Message.ShouldNotContain('\n');
    }

    // Two stages of halving leave 3 x 7 bits of the 14 x 28 pixels of a digit's upper half.
    [Fact]
    public void Law_OfDigits_IsOfThreeBySevenBits()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var model = new StructuredPrediction(new(1, 28, 28, new float[784], rng), new() { Network = HalvesNetwork.Resnet });
        model.Law(torch.zeros([5, 784])).First.BatchShape.ShouldBe([5, 21]);
        model.Decode(torch.zeros([2, 5, 21])).shape.ShouldBe([2, 5, 392]);
    }

    // Neither what the experiment tries out before training, nor validation, nor a stability's second look counts.
    [Theory]
    [MemberData(nameof(Models))]
    public void Train_BatchNorm_SeesEveryBatchOnce(string model)
    {
        using var run = new TinyRun();
        run.Train(default, Tiny(model));
        var saved = TensorFile.Read(Path.Combine(run.Checkpoints()[^1], "model.safetensors"), torch.CPU);
        var counts = saved.Where(t => t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Select(t => t.Value.Number()).ToList();
        counts.Count.ShouldBe(6);
        counts.ShouldAllBe(c => c == 12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Train_StoppedAndContinued_IsBitForBitTheSame(string model)
    {
        using var whole = new TinyRun();
        using var run = new TinyRun();
        whole.Train(default, Tiny(model));
        run.TrainTo(8, Tiny(model));
        run.Train(default, Tiny(model));
        run.ShouldEqual(whole);
    }
}
