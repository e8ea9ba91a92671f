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

    // p(y | x) is a sum over the four values of two bits, written here with the maps' own numbers.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LogWeights_ManySamples_HaveTheExactLikelihoodAsTheirMean(bool isClass)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(2);
        using var model = new TablePrediction(Table(isClass), rng, new() { Layers = [2], Hidden = [] });
        foreach (var parameter in model.parameters()) parameter.normal_(0, 1, rng);
        using var batch = Table(isClass).InOrder(Split.Test, 5, seed: 1).At(0, 0);
        float[] Of(string name) => model.state_dict().Single(t => t.Key.StartsWith(name.Split(' ')[0], StringComparison.Ordinal) && t.Key.EndsWith(name.Split(' ')[^1], StringComparison.Ordinal)).Value.ToArray<float>();
        var (w, c, v, d) = (Of("prior weight"), Of("prior bias"), Of("output weight"), Of("output bias"));
        var (mean, scale, deviation) = (Of("target_mean")[0], Of("target_scale")[0], Math.Exp(Of("log_deviation")[0]));
        var (x, weights) = (batch["features"].ToArray<float>(), model.LogWeights(batch, 100_000, rng).to(ScalarType.Float64).exp());
        var (estimate, error) = (weights.mean([0]).ToArray<double>(), (weights.std(0) / Math.Sqrt(100_000)).ToArray<double>());
        for (var row = 0; row < 5; row++)
        {
            double On(int bit) => 1 / (1 + Math.Exp(-((w[2 * bit] * x[2 * row]) + (w[(2 * bit) + 1] * x[(2 * row) + 1]) + c[bit])));
            double Output(int unit, int b) => (v[2 * unit] * ((2 * (b & 1)) - 1)) + (v[(2 * unit) + 1] * ((2 * (b >> 1)) - 1)) + d[unit];
            double Likelihood(int b)
            {
                if (isClass) return Math.Exp(Output((int)batch.Values<long>("target")[row], b)) / (Math.Exp(Output(0, b)) + Math.Exp(Output(1, b)));
                var z = (batch.Values<float>("target")[row] - mean - (scale * Output(0, b))) / (scale * deviation);
                return Math.Exp(-z * z / 2) / (scale * deviation * Math.Sqrt(2 * Math.PI));
            }

            var exact = Enumerable.Range(0, 4).Sum(b => ((b & 1) == 1 ? On(0) : 1 - On(0)) * (b >> 1 == 1 ? On(1) : 1 - On(1)) * Likelihood(b));
            estimate[row].ShouldBe(exact, (4.5 * error[row]) + 1e-6, $"row {row}");
        }
    }

    [Fact]
    public void Constructor_DataWithoutATarget_SaysWhatItIsFor()
    {
        using var rng = new Generator(1);
        var rows = new ArrayData("plain", "made up", new NamedArrays(30).With(ArrayData.Features, new float[30], 1));
        Should.Throw<InputException>(() => new TablePrediction(rows, rng)).Message.ShouldContain("table-prediction is for tables with a column that is to be predicted");
    }
}
