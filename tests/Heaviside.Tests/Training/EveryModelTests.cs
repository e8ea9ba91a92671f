using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Models;
using Heaviside.Training;

namespace Heaviside.Tests.Training;

/// <summary>What holds for every model of the catalogue with its default settings.</summary>
public sealed class EveryModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // The shapes of the data sets that there are, and an odd one.
    public static TheoryData<string, int, int, int, string> Runs()
    {
        var data = new TheoryData<string, int, int, int, string>();
        foreach (var model in Heaviside.Tests.Models.CatalogModels.OfImages)
            foreach (var (channels, height, width, binarization) in new[] { (1, 28, 28, "none"), (1, 28, 28, "dynamic"), (3, 32, 32, "none"), (1, 5, 3, "threshold") })
                data.Add(model, channels, height, width, binarization);
        return data;
    }

    public static TheoryData<string> ModelsWithoutEstimator => [.. ModelCatalog.All.Where(m => !m.NeedsEstimator).Select(m => m.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_AnyShape_TrainsAndReports(string model, int channels, int height, int width, string binarization)
    {
        ImageSet Images(int count, Split split)
        {
            var pixels = new byte[count * channels * height * width];
            new Random(count).NextBytes(pixels);
            return new(pixels, channels, height, width) { Split = split };
        }

        var data = new DataSet("fashion-mnist", "synthetic", Images(20, Split.Train), Images(12, Split.Validation), Images(11, Split.Test));
        string[] estimator = ModelCatalog.All.Find(model).NeedsEstimator ? ["reinforce"] : [];
        Settings settings = new([
            new("model", model), .. estimator.Select(e => KeyValuePair.Create("estimator", e)),
            new("binarization", binarization), new("steps", "2"), new("batch-size", "10"), new("test-samples", "3")]);
        using var experiment = Experiment.Create(settings, data);
        using var run = RunFolder.Create(folder["run"], experiment);
        var state = new Trainer(experiment, run, new Recorder()).Run(default);
        var result = RunReport.Write(run, experiment, state, new Recorder(), default);
        double.IsFinite(result.Elbo.Mean).ShouldBeTrue();
        result.ImportanceWeighted!.Mean.ShouldBeGreaterThan(result.Elbo.Mean - (4.5 * result.Elbo.StandardError));
        result.Elbo.Description.ShouldContain(experiment.Model.Quantity);
        foreach (var picture in new[] { run.SamplesFile, run.ReconstructionsFile }) new FileInfo(picture).Length.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(ModelsWithoutEstimator))]
    public void Experiment_ModelWithoutEstimator_RefusesOne(string model)
    {
        Should.Throw<InputException>(() => Experiment.Require(new Settings([new("model", model), new("estimator", "reinforce")])))
            .Message.ShouldBe($"the model '{model}' trains without a gradient estimator: leave out 'estimator', got 'reinforce'");
        Experiment.Require(new Settings([new("model", model), new("estimator", "none")]));
        if (!Heaviside.Tests.Models.CatalogModels.OfImages.Contains(model)) model = "gmvae"; // others need data of their own
        TinyRun.Experiment(("model", model)).Estimator.ShouldBeNull();
        TinyRun.Experiment(("model", model), ("estimator", "none")).Estimator.ShouldBeNull();
    }

    // A model without samples of its own: every tenth cell is a test image, and those after it begin with its upper half.
    [Fact]
    public void Samples_StructuredPrediction_AreTestImagesAndTheirCompletions()
    {
        using var experiment = TinyRun.Experiment(("model", "structured-prediction"), ("binarization", "none"));
        var picture = RunImages.Samples(experiment, 20, seed: 1);
        byte Pixel(int cell, int y, int x) => picture[4 + (cell / 10 * 100) + (24 * y), 4 + (cell % 10 * 100) + (24 * x)][0]; // 4 pixels zoomed by 24, padded by 4
        for (var cell = 0; cell < 20; cell++)
            for (var y = 0; y < 4; y++)
                for (var x = 0; x < 4; x++)
                {
                    var pixel = experiment.Images.Set.Test.Image(cell / 10)[(4 * y) + x];
                    if (y < 2 || cell % 10 == 0) Pixel(cell, y, x).ShouldBe(pixel);
                }

        Enumerable.Range(1, 9).Select(cell => Pixel(cell, 3, 3)).Distinct().Count().ShouldBeGreaterThan(1);
        RunImages.Samples(experiment, 7, seed: 1).Width.ShouldBe(4 + (7 * 100));
    }
}
