using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;

namespace Heaviside.Tests.Models;

public class MixedVaeTests
{
    private static readonly double[][] Images = [[1, 0, 0, 1], [0, 1, 1, 1]];

    private static Tensor X(ScalarType type = ScalarType.Float32) => torch.tensor(Images.SelectMany(i => i).ToArray(), [2, 4]).to(type);

    [Fact]
    public void Elbo_ManyDraws_HaveTheExactMeanPerImage()
    {
        using var model = ExactMixedVae.Model();
        HasTheExactElbo(model, (x, rng) => model.Elbo(x, rng));
    }

    [Fact]
    public void Objective_EnumeratedOverManyDrawsOfTheGaussians_HasTheExactMean()
    {
        using var model = ExactMixedVae.Model();
        using var enumeration = new Enumeration();
        HasTheExactElbo(model, (x, rng) => torch.stack([.. x.chunk(x.size(0), 0).Select(one => model.Objective(one, enumeration, rng).Value)]), draws: 2000);
    }

    [Fact]
    public void LogWeights_ManySamples_ComeToTheLikelihood()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = ExactMixedVae.Model();
        using var rng = new Generator(1);
        const int Samples = 20_000;
        var weights = model.LogWeights(X(), Samples, rng).@double().exp();
        var (mean, variance) = (weights.mean([0L]).ToArray<double>(), weights.var([0L]).ToArray<double>());
        for (var i = 0; i < 2; i++)
        {
            var exact = new ExactMixedVae(model).Likelihood(Images[i]);
            var error = Math.Sqrt(variance[i] / Samples);
            mean[i].ShouldBe(exact, EstimatorLaws.MaxScore * error);
            error.ShouldBeLessThan(0.02 * exact);
        }
    }

    // With the noise of the Gaussians held fixed the objective is a function of the parameters: one direction in each tensor.
    [Fact]
    public void Objective_Enumerated_HasTheGradientOfFiniteDifferences()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ExactMixedVae.Model(klWeight: 0.7);
        using var enumeration = new Enumeration();
        model.to(torch.float64);
        TrainingObjective At()
        {
            using var rng = new Generator(6);
            return model.Objective(X(torch.float64), enumeration, rng);
        }

        FiniteDifferences.ShouldAgree(model, At, tolerance: 1e-6, least: 1e-4);
    }

    // What an estimator makes of f, given the same Gaussians, has enumeration's mean; the Gaussians are drawn before it draws.
    [Theory]
    [InlineData("reinforce")]
    [InlineData("rebar")]
    [InlineData("arsm")]
    public void Objective_UnbiasedEstimator_HasTheGradientOfEnumerationInTheMean(string name)
    {
        using var model = ExactMixedVae.Model();
        using var initial = new Generator(2);
        using var estimator = EstimatorCatalog.All.Find(name).Create(new(), new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, initial));
        using var enumeration = new Enumeration();
        const int Draws = 200;
        var differences = Enumerable.Range(1, Draws).Select(seed =>
        {
            double Slope(GradientEstimator e)
            {
                using var scope = torch.NewDisposeScope();
                using var rng = new Generator((ulong)seed);
                using var random = new Generator(9);
                model.zero_grad();
                model.Objective(X().repeat([30, 1]), e, rng).Backward([]);
                return model.parameters().Sum(p => (p.grad! * torch.randn(p.shape, generator: random)).sum().Number());
            }

            return Slope(estimator) - Slope(enumeration);
        }).ToArray();
        var error = MathNet.Numerics.Statistics.Statistics.StandardDeviation(differences) / Math.Sqrt(Draws);
        differences.Average().ShouldBe(0, EstimatorLaws.MaxScore * error);
    }

    // Gaussians of no width show f between the classes as it is.
    [Fact]
    public void Objective_RelaxedPoints_HaveScaledRowsAndTheWeightedDivergence()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ExactMixedVae.Model();
        var state = model.state_dict();
        using (torch.no_grad())
        {
            state["rowOutput.weight"].narrow(0, 1, 1).zero_();
            state["rowOutput.bias"].narrow(0, 1, 1).fill_(-40);
        }

        using var recorder = new PointRecorder();
        using var rng = new Generator(1);
        model.Objective(X(), recorder, rng);
        double[][] points = [[1, 0, 0], [0.2, 0.5, 0.3], [0, 0, 1]];
        var z = torch.tensor(points.SelectMany(p => p).ToArray(), [3, 1, 1, 3]).to(torch.float32).expand([3, 2, 1, 3]);
        var values = recorder.Objective!.Evaluate(z).ToArray<float>();
        for (var p = 0; p < 3; p++)
            for (var i = 0; i < 2; i++)
                ((double)values[(2 * p) + i]).ShouldBe(new ExactMixedVae(model).Objective(Images[i], points[p]), 1e-4);
    }

    // One estimate, one draw of the Gaussians: f is a function of its points.
    [Fact]
    public void Objective_SamePointTwice_HasTheSameValue()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ExactMixedVae.Model();
        using var recorder = new PointRecorder();
        using var rng = new Generator(1);
        model.Objective(X(), recorder, rng);
        var z = torch.eye(3).narrow(0, 1, 1).expand([2, 2, 1, 3]);
        var values = recorder.Objective!.Evaluate(z).ToArray<float>();
        values[..2].ShouldBe(values[2..]);
        recorder.Objective.Evaluate(z).ToArray<float>().ShouldBe(values);
    }

    // What is computed for all classes at once is f at each of them.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Objective_SingleChanges_AreTheObjectiveAtTheOtherClasses(bool pixelMeans)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = ExactMixedVae.Model(pixelMeans: pixelMeans);
        using var recorder = new PointRecorder();
        using var rng = new Generator(1);
        model.Objective(X(), recorder, rng);
        var f = recorder.Objective!;
        var z = torch.nn.functional.one_hot(torch.tensor([0L, 1, 2, 2, 1, 0]), 3).to(torch.float32).view([3, 2, 1, 3]);
        var changes = f.ShouldBeOfType<CodeObjective>().AtSingleChanges(z);
        changes.shape.ShouldBe([2, 3, 2]);
        for (var o = 1; o <= 2; o++)
            foreach (var (fast, plain) in changes[o - 1].flatten().ToArray<float>().Zip(f.Evaluate(z.roll(o, -1)).flatten().ToArray<float>())) fast.ShouldBe(plain, 1e-5f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void Objective_KlWeight_ScalesTheDivergenceOfTheClass(double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var enumeration = new Enumeration();
        double Value(double klWeight)
        {
            using var rng = new Generator(1);
            using var model = ExactMixedVae.Model(klWeight);
            return model.Objective(X(), enumeration, rng).Value.Number();
        }

        using var model = ExactMixedVae.Model();
        (Value(weight) - Value(1)).ShouldBe((1 - weight) * Images.Average(new ExactMixedVae(model).Divergence), 1e-4);
    }

    [Fact]
    public void Objective_Training_DropsUnitsOut()
    {
        using var scope = torch.NewDisposeScope();
        using var enumeration = new Enumeration();
        using var model = ExactMixedVae.Model();
        double[] Values(bool training)
        {
            model.train(training);
            var noise = Enumerable.Range(0, 2).Select(_ => new Generator(1)).ToArray();
            return [.. noise.Select(rng => model.Objective(X(), enumeration, rng).Value.Number())];
        }

        var (training, evaluation) = (Values(true), Values(false));
        (training[0] == training[1], evaluation[0] == evaluation[1], training[0] == evaluation[0]).ShouldBe((true, true, false));
    }

    [Fact]
    public void GenerateClusters_RowThatTheDecoderDoesNotSee_IsTheSameImageEveryTime()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = ExactMixedVae.Model();
        using var rng = new Generator(1);
        model.state_dict()["decoder.0.weight"].narrow(1, 1, 1).zero_();
        var images = model.GenerateClusters(5, rng);
        images.shape.ShouldBe([3, 5, 4]);
        double Spread(int k) => (images[k] - images[k].mean([0])).abs().max().Number();
        Spread(1).ShouldBeLessThan(1e-6);
        Spread(0).ShouldBeGreaterThan(1e-3);
        Spread(2).ShouldBeGreaterThan(1e-3);
        model.Generate(7, rng).shape.ShouldBe([7, 4]);
        model.Reconstruct(X(), rng).shape.ShouldBe([2, 4]);
    }

    [Fact]
    public void ClusterLogits_Images_AreThoseOfTheClass()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ExactMixedVae.Model();
        var probabilities = model.ClusterLogits(X()).softmax(-1).@double().ToArray<double>();
        double[] exact = [.. Images.SelectMany(new ExactMixedVae(model).Posterior)];
        for (var i = 0; i < 6; i++) probabilities[i].ShouldBe(exact[i], 1e-5);
        model.ClassLaw(X()).Logits.shape.ShouldBe([2, 1, 3]);
    }

    [Fact]
    public void InferenceParameters_All_AreThoseThatTheDecoderDoesNotHave()
    {
        using var model = ExactMixedVae.Model();
        var inference = model.InferenceParameters.ToHashSet();
        foreach (var (name, parameter) in model.named_parameters())
            inference.Contains(parameter).ShouldBe(!name.StartsWith("decoder", StringComparison.Ordinal), name);
    }

    [Fact]
    public void Constructor_PixelMeans_AreTheOutputBiasWhereAskedFor()
    {
        using var scope = torch.NewDisposeScope();
        using var plain = ExactMixedVae.Model(pixelMeans: false);
        using var means = ExactMixedVae.Model();
        plain.state_dict().ContainsKey("output_bias").ShouldBeFalse();
        means.state_dict()["output_bias"].sigmoid().ToArray<float>().ShouldBe([0.2f, 0.5f, 0.7f, 0.9f], 1e-6f);
    }

    [Fact]
    public void Create_Settings_DecideTheLayers()
    {
        using var rng = new Generator(1);
        var settings = new Settings([new("classes", "4"), new("gaussian-size", "7"), new("pixel-means", "true")]);
        using var model = new MixedVae(new(1, 2, 2, [0.5f, 0.5f, 0.5f, 0.5f], rng), settings.Fill(new MixedVaeOptions()));
        model.named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal)).Select(p => string.Join("x", p.parameter.shape))
            .ShouldBe(["400x4", "200x400", "100x200", "4x100", "400x200", "66x100", "14x66", "400x28", "4x400"]);
        settings.EnsureAllRead();
    }

    [Fact]
    public void Objective_SeveralSampleBoundWithKlWeight_SaysWhatToLeaveOut()
    {
        using var model = ExactMixedVae.Model(klWeight: 0);
        using var initial = new Generator(2);
        using var vimco = EstimatorCatalog.All.Find("vimco").Create(new(), new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, initial));
        Should.Throw<UnsupportedException>(() => model.Objective(X(), vimco, initial)).Message.ShouldContain("leave out kl-weight");
    }

    private static void HasTheExactElbo(MixedVae model, Func<Tensor, Generator, Tensor> draw, int draws = 20_000)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(8);
        var values = draw(X().repeat([draws, 1]), rng).@double().reshape([draws, 2]);
        var (mean, variance) = (values.mean([0L]).ToArray<double>(), values.var([0L]).ToArray<double>());
        for (var i = 0; i < 2; i++)
        {
            var error = Math.Sqrt(variance[i] / draws);
            mean[i].ShouldBe(new ExactMixedVae(model).Elbo(Images[i]), EstimatorLaws.MaxScore * error);
            error.ShouldBeLessThan(0.2);
        }
    }
}
