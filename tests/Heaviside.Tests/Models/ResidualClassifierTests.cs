using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Tests.Training;
using Heaviside.Training;

namespace Heaviside.Tests.Models;

public sealed class ResidualClassifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static ResidualClassifier Model(ImageData data, int depth = 8, int width = 4)
    {
        using var rng = new Generator(1);
        return new(data, rng, new() { Depth = depth, Width = width });
    }

    // Of the paper's table: 0.27 and 1.7 million parameters for 32 x 32 color images, here with convolutions in the two shortcuts that change the shape.
    [Theory]
    [InlineData(20, 270_000, 280_000)]
    [InlineData(110, 1_720_000, 1_740_000)]
    public void Parameters_AreAsManyAsPublished(int depth, long least, long most)
    {
        var gray = new ImageSet(new byte[10 * 3072], 3, 32, 32, Enumerable.Range(0, 10).Select(i => (byte)i).ToArray());
        using var model = Model(new(new("gray", "made up", gray, gray.Slice(0, 10, Split.Validation), gray.Slice(0, 10, Split.Test)), Binarization.None), depth, width: 16);
        model.parameters().Sum(p => p.numel()).ShouldBeInRange(least, most);
        model.Classes.ShouldBe(10);
    }

    [Fact]
    public void Score_IsTheLogProbabilityOfTheLabel()
    {
        using var model = Model(LabeledHalves.Data());
        using var rng = new Generator(1);
        model.eval();
        using var batch = LabeledHalves.Data().InOrder(Split.Test, 5, seed: 0).At(0, 0);
        var log = model.LogProbabilities(batch, rng);
        log.exp().sum(-1).allclose(torch.ones(5)).ShouldBeTrue();
        var (score, labels) = (model.Score(batch, rng), batch[ImageData.Labels].ToArray<long>());
        for (var i = 0; i < 5; i++) score[i].Number().ShouldBe(log[i][labels[i]].Number());
    }

    [Fact]
    public void Train_SimpleImages_AreClassified()
    {
        using var experiment = new Experiment(Model(LabeledHalves.Data()), LabeledHalves.Data(), estimator: null, new TrainingOptions { Steps = 60, BatchSize = 20, LearningRate = 0.01, ValidateEvery = 30 });
        var result = Trainer.Train(experiment, folder["run"], new Recorder());
        result.Figures.ShouldHaveSingleItem().Mean.ShouldBeGreaterThan(0.95);
        File.ReadAllLines(folder["run/confusion.csv"])[0].ShouldBe("class,taken-for-0,taken-for-1");
        File.ReadAllLines(folder["run/confusion.csv"]).Skip(1).Sum(l => l.Split(',').Skip(1).Sum(int.Parse)).ShouldBe(60);
    }

    [Fact]
    public void ImagesWithoutLabels_AreRefused() =>
        Should.Throw<InputException>(() => Model(LabeledHalves.Data(hasLabels: false))).Message.ShouldStartWith("the model 'resnet' is for images with labels");

    [Theory]
    [InlineData(9)]
    [InlineData(2)]
    public void Depth_OfAnotherForm_IsRefused(int depth) => Should.Throw<ArgumentOutOfRangeException>(() => new ResidualClassifierOptions { Depth = depth });
}
