using System.Text.Json.Nodes;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Laws;
using Heaviside.Tests.Models;

namespace Heaviside.Tests.Evaluation;

public class BoundEvaluatorTests
{
    private static readonly double[] X = [1, 0, 0, 1];

    // Many copies of one image make the bound's standard error that of the estimate for this image.
    private static ImageSet Copies(int count, params double[] image) =>
        new(Enumerable.Repeat(image, count).SelectMany(i => i.Select(p => (byte)(255 * p))).ToArray(), 1, 2, 2);

    [Fact]
    public void Elbo_ManyDraws_HaveTheExactMean()
    {
        using var model = ExactVae.Model();
        var bound = new BoundEvaluator().Elbo(model, Copies(20_000, X), seed: 3, batchSize: 1000);
        bound.Mean.ShouldBe(new ExactVae(model).Elbo(X), EstimatorLaws.MaxScore * bound.StandardError);
        bound.ShouldSatisfyAllConditions(b => b.Kind.ShouldBe(BoundKind.Elbo), b => b.Samples.ShouldBe(1), b => b.Images.ShouldBe(20_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ImportanceWeighted_FewSamples_HasTheExactMean(int samples)
    {
        using var model = ExactVae.Model();
        var bound = new BoundEvaluator().ImportanceWeighted(model, Copies(20_000, X), samples, seed: 4, batchSize: 1000);
        bound.Mean.ShouldBe(new ExactVae(model).ImportanceWeighted(X, samples), EstimatorLaws.MaxScore * bound.StandardError);
    }

    [Fact]
    public void Elbo_AnyThreads_IsTheSame()
    {
        using var model = ExactVae.Model();
        var images = Copies(230, X);
        Bound With(int threads) => new BoundEvaluator { Threads = threads }.Elbo(model, images, seed: 3, batchSize: 10);
        With(3).ShouldBe(With(1));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => new BoundEvaluator { Threads = 3, Cancellation = stop.Token }.Elbo(model, images, seed: 3, batchSize: 10));
    }

    [Fact]
    public void ImportanceWeighted_MoreSamples_RisesTowardsTheLogLikelihood()
    {
        using var model = ExactVae.Model();
        var images = Copies(4000, X);
        var bounds = new[] { 1, 5, 50, 500 }.Select(k => new BoundEvaluator().ImportanceWeighted(model, images, k, seed: 5)).ToList();
        bounds.Select(b => b.Mean).ShouldBeInOrder();
        var exact = new ExactVae(model).LogLikelihood(X);
        bounds.ShouldAllBe(b => b.Mean <= exact + (EstimatorLaws.MaxScore * b.StandardError));
        // Rare large weights let the gap fall more slowly than 1/K at first: tenfold samples leave less than half of it.
        (exact - bounds[3].Mean).ShouldBeLessThan((exact - bounds[2].Mean) / 2);
    }

    [Fact]
    public void LogWeights_ExponentiatedMean_IsTheLikelihood()
    {
        using var model = ExactVae.Model();
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(6);
        var weights = model.LogWeights(torch.tensor([1f, 0f, 0f, 1f], [1, 4]), 200_000, rng).detach().@double().exp();
        var error = Math.Sqrt(weights.var([0L]).Number() / 200_000);
        weights.mean().Number().ShouldBe(Math.Exp(new ExactVae(model).LogLikelihood(X)), EstimatorLaws.MaxScore * error);
    }

    // 40,000 values are 100 samples of 100 images of 4 pixels; the last chunk is shorter. Weights near exp(-1000) underflow unless sums stay in log space.
    [Fact]
    public void ImportanceWeighted_SamplesOfSeveralChunks_AreWeightedAsOne()
    {
        using var model = new ScriptedModel(s => -1000 + (0.02f * s));
        var bound = new BoundEvaluator { MaxValues = 40_000 }.ImportanceWeighted(model, Copies(100, X), 250, seed: 1);
        model.Chunks.ShouldBe([100, 100, 50]);
        var expected = -1000 + Math.Log(Enumerable.Range(0, 250).Average(s => Math.Exp(0.02 * s)));
        bound.Mean.ShouldBe(expected, 1e-4);
        bound.Samples.ShouldBe(250);
    }

    // A hidden layer that is wider than the images is what fills the memory.
    [Fact]
    public void ImportanceWeighted_WideModel_TakesFewerSamplesAtOnce()
    {
        using var model = new ScriptedModel(_ => 0, width: 40);
        new BoundEvaluator { MaxValues = 40_000 }.ImportanceWeighted(model, Copies(100, X), 25, seed: 1);
        model.Chunks.ShouldBe([10, 10, 5]);
    }

    [Fact]
    public void ImportanceWeighted_LessRoomThanOneSampleTakes_DrawsOneAtATime()
    {
        using var model = new ScriptedModel(_ => 0);
        new BoundEvaluator { MaxValues = 1 }.ImportanceWeighted(model, Copies(100, X), 3, seed: 1);
        model.Chunks.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void Properties_BelowOne_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new BoundEvaluator { Threads = 0 }).ParamName.ShouldBe("Threads");
        Should.Throw<ArgumentOutOfRangeException>(() => new BoundEvaluator { MaxValues = 0 }).ParamName.ShouldBe("MaxValues");
    }

    [Fact]
    public void ImportanceWeighted_NoSamples_Throws()
    {
        using var model = ExactVae.Model();
        Should.Throw<ArgumentOutOfRangeException>(() => new BoundEvaluator().ImportanceWeighted(model, Copies(1, X), 0, seed: 1));
    }

    [Fact]
    public void Elbo_SeveralBatches_ReportsProgressAndEveryImage()
    {
        using var model = new ScriptedModel(_ => 0);
        var progress = new List<int>();
        byte[] pixels = [.. Enumerable.Range(0, 25).SelectMany(i => new byte[] { (byte)(i * 10), 0, 0, 0 })];
        var bound = new BoundEvaluator { Progress = progress.Add }.Elbo(model, new(pixels, 1, 2, 2), seed: 1, batchSize: 10);
        progress.ShouldBe([10, 20, 25]);
        bound.Mean.ShouldBe(120.0 / 255, 1e-6);
        bound.Images.ShouldBe(25);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Elbo_ModelInAnyMode_IsEvaluatedWithoutGradientsAndLeftAsItWas(bool training)
    {
        using var model = new ScriptedModel(_ => 0);
        model.train(training);
        new BoundEvaluator().Elbo(model, Copies(2, X), seed: 1);
        model.Modes.ShouldBe([false]);
        model.GradientModes.ShouldBe([false]);
        model.training.ShouldBe(training);
        torch.is_grad_enabled().ShouldBeTrue();
    }

    [Fact]
    public void Elbo_Cancelled_StopsAtTheNextBatchAndRestoresTheMode()
    {
        using var model = new ScriptedModel(_ => 0);
        using var stop = new CancellationTokenSource();
        var evaluator = new BoundEvaluator { Threads = 1, Cancellation = stop.Token, Progress = _ => stop.Cancel() };
        Should.Throw<OperationCanceledException>(() => evaluator.Elbo(model, Copies(100, X), seed: 1, batchSize: 10));
        model.Modes.Count.ShouldBe(1);
        model.training.ShouldBeTrue();
    }

    [Fact]
    public void Of_FewValues_HasMeanAndItsStandardError()
    {
        var bound = Bound.Of(BoundKind.Elbo, 1, [1, 2, 3, 6]);
        bound.Mean.ShouldBe(3, 1e-15);
        bound.StandardError.ShouldBe(Math.Sqrt(14.0 / 3 / 4), 1e-15);
    }

    [Fact]
    public void Of_OneValue_HasAnUnknownError()
    {
        var bound = Bound.Of(BoundKind.Elbo, 1, [1]);
        bound.StandardError.ShouldBe(double.PositiveInfinity);
        JsonNode.Parse(bound.ToJson().ToJsonString())!["standard-error"].ShouldBeNull();
    }

    [Fact]
    public void Of_LogZOfUnknownError_HasAnUnknownErrorAndSaysWhy()
    {
        var bound = Bound.Of(BoundKind.Elbo, 1, [1, 2], new("ais", 3, double.PositiveInfinity));
        bound.StandardError.ShouldBe(double.PositiveInfinity);
        bound.Description.ShouldEndWith("(valid but for the error of log Z, which ais cannot know here)");
        var json = JsonNode.Parse(bound.ToJson().ToJsonString())!;
        json["standard-error"].ShouldBeNull();
        json["partition"]!["standard-error"].ShouldBeNull();
    }

    [Fact]
    public void Description_EachKind_SaysWhichBoundItIs()
    {
        Bound.Of(BoundKind.Elbo, 1, [1]).Description.ShouldContain("evidence lower bound");
        Bound.Of(BoundKind.ImportanceWeighted, 50, [1]).Description.ShouldStartWith("50-sample importance-weighted");
    }
}
