using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Tests.Training;
using Heaviside.Training;

namespace Heaviside.Tests.Models;

public sealed class TablePredictionTests : IDisposable
{
    private static readonly TrainingOptions Short = new() { Steps = 400, BatchSize = 40, LearningRate = 0.01, ValidateEvery = 100, TestSamples = 20 };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // y = 3 + 2 x_1 - x_2, and the sign of x_1.
    private static ArrayData Table(bool isClass)
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 600).Select(_ => (float)((4 * random.NextDouble()) - 2))];
        var rows = new NamedArrays(300).With(ArrayData.Features, x, 2);
        return new("table", "made up", isClass
            ? rows.With(ArrayData.Target, [.. Enumerable.Range(0, 300).Select(i => x[2 * i] > 0 ? 1L : 0)])
            : rows.With(ArrayData.Target, [.. Enumerable.Range(0, 300).Select(i => 3 + (2 * x[2 * i]) - x[(2 * i) + 1])]));
    }

    private RunResult Train(bool isClass)
    {
        using var rng = new Generator(1);
        using var experiment = new Experiment(new TablePrediction(Table(isClass), rng, new() { Layers = [8] }), Table(isClass), new DisArm(), Short);
        return Trainer.Train(experiment, folder["run"], new Recorder());
    }

    [Fact]
    public void Train_Number_IsPredicted()
    {
        var result = Train(isClass: false);
        var (name, mean, error) = result.Figures.ShouldHaveSingleItem();
        name.ShouldBe("squared-error");
        mean.ShouldBeLessThan(2, "the variance of y is 6.7");
        error.ShouldBeGreaterThan(0);
        result.Elbo.Quantity.ShouldBe("log p(target | features)");
        result.ImportanceWeighted!.Mean.ShouldBeGreaterThan(result.Elbo.Mean);
        result.Elbo.Mean.ShouldBeGreaterThan(-2.3, "a normal law with the moments of y has -2.37");
    }

    [Fact]
    public void Train_Class_IsPredicted()
    {
        var result = Train(isClass: true);
        result.Figures.ShouldHaveSingleItem().Name.ShouldBe("accuracy");
        result.Figures[0].Mean.ShouldBeGreaterThan(0.85);
        result.Elbo.Mean.ShouldBeGreaterThan(-0.5, "a coin has -0.69");
        File.ReadAllText(folder["run/result.json"]).ShouldContain("\"accuracy\"");
    }

    // log p(y | x) is the logarithm of the mean over all four values of two bits: many samples come near it.
    [Fact]
    public void LogWeights_ManySamples_HaveTheExactLikelihoodAsTheirMean()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(2);
        using var model = new TablePrediction(Table(isClass: true), rng, new() { Layers = [2], Hidden = [] });
        using var batch = Table(isClass: true).InOrder(Split.Test, 5, seed: 1).At(0, 0);
        var weights = model.LogWeights(batch, 100_000, rng).to(ScalarType.Float64).exp();
        var figure = model.Figures(batch, rng)[0].Value;
        figure.shape.ShouldBe([5]);
        var (few, error) = (model.LogWeights(batch, 100_000, rng).to(ScalarType.Float64).exp().mean([0]), weights.std(0) / Math.Sqrt(100_000));
        ((weights.mean([0]) - few).abs() / (error * Math.Sqrt(2))).max().Number().ShouldBeLessThan(4.5);
        model.Score(batch, rng).shape.ShouldBe([5]);
    }

    [Fact]
    public void Constructor_DataWithoutATarget_SaysWhatItIsFor()
    {
        using var rng = new Generator(1);
        var rows = new ArrayData("plain", "made up", new NamedArrays(30).With(ArrayData.Features, new float[30], 1));
        Should.Throw<InputException>(() => new TablePrediction(rows, rng)).Message.ShouldContain("table-prediction is for tables with a column that is to be predicted");
    }
}
