using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;
using Heaviside.Numerics;

namespace Heaviside.Tests.Models;

public class CategoricalVaeTests
{
    private static readonly double[][] Images = [[1, 0, 0, 1], [0, 1, 1, 1]];

    private static Tensor X(ScalarType type = ScalarType.Float32) => torch.tensor(Images.SelectMany(i => i).ToArray(), [2, 4]).to(type);

    [Fact]
    public void Objective_Enumerated_IsTheExactElboAndItsGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ExactVae.Model();
        using var enumeration = new Enumeration();
        model.to(torch.float64);
        var objective = model.Objective(X(torch.float64), enumeration, null!);
        objective.Value.Number().ShouldBe(Images.Average(new ExactVae(model).Elbo), 1e-12);
        objective.Point.ShouldBe(EvaluationPoint.Expectation);

        objective.Loss.backward();
        const double Step = 1e-5;
        foreach (var (name, parameter) in model.named_parameters())
        {
            var gradient = parameter.grad!.ToArray<double>();
            for (var i = 0; i < gradient.Length; i++)
            {
                double At(double change)
                {
                    var values = parameter.AsSpan<double>();
                    var before = values[i];
                    values[i] = before + change;
                    var elbo = Images.Average(new ExactVae(model).Elbo);
                    values[i] = before;
                    return elbo;
                }

                // The loss is followed downwards: its gradient is minus that of the bound.
                gradient[i].ShouldBe(-(At(Step) - At(-Step)) / (2 * Step), 1e-8, $"{name}[{i}]");
            }
        }
    }

    [Fact]
    public void Objective_SinglePrecision_HasTheGradientOfDoublePrecision()
    {
        using var scope = torch.NewDisposeScope();
        using var single = ExactVae.Model();
        using var twice = ExactVae.Model();
        using var enumeration = new Enumeration();
        twice.to(torch.float64);
        single.Objective(X(), enumeration, null!).Loss.backward();
        twice.Objective(X(torch.float64), enumeration, null!).Loss.backward();
        foreach (var (p, q) in single.parameters().Zip(twice.parameters()))
            foreach (var (a, b) in p.grad!.ToArray<float>().Zip(q.grad!.ToArray<double>()))
                ((double)a).ShouldBe(b, 1e-5 * (1 + Math.Abs(b)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void Objective_KlWeight_ScalesTheDivergenceAtTheStep(double weight)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var enumeration = new Enumeration();
        using var model = new CategoricalVae(new(1, 2, 2, [0.2f, 0.5f, 0.7f, 0.9f], rng), new() { Latents = new(2, 3), EncoderLayers = [3], DecoderLayers = [5], KlWeight = new LinearSchedule(0, 1, 100) });
        model.Step = (long)(weight * 100);
        var exact = new ExactVae(model);
        model.Objective(X(), enumeration, rng).Value.Number()
            .ShouldBe(Images.Average(x => exact.Elbo(x) + ((1 - weight) * exact.Divergence(x))), 1e-5);
    }

    [Fact]
    public void Elbo_ManyDraws_HaveTheExactMeanPerImage()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = ExactVae.Model();
        using var rng = new Generator(8);
        const int Draws = 20_000;
        var draws = model.Elbo(X().repeat([Draws, 1]), rng).@double().reshape([Draws, 2]);
        var (mean, variance) = (draws.mean([0L]).ToArray<double>(), draws.var([0L]).ToArray<double>());
        for (var i = 0; i < 2; i++)
            mean[i].ShouldBe(new ExactVae(model).Elbo(Images[i]), EstimatorLaws.MaxScore * Math.Sqrt(variance[i] / Draws));
    }

    [Fact]
    public void Members_Batch_HaveTheDocumentedShapesAndRanges()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ExactVae.Model();
        using var rng = new Generator(2);
        model.Posterior(X()).Logits.shape.ShouldBe([2, 2, 3]);
        model.Elbo(X(), rng).shape.ShouldBe([2]);
        model.LogWeights(X(), 7, rng).shape.ShouldBe([7, 2]);
        model.Decode(torch.zeros([5, 2, 2, 3])).shape.ShouldBe([5, 2, 4]);
        foreach (var (means, count) in new[] { (model.Generate(50, rng), 50), (model.Reconstruct(X(), rng), 2) })
        {
            means.shape.ShouldBe([count, 4]);
            means.ToArray<float>().ShouldAllBe(m => m >= 0 && m <= 1);
        }
    }

    // The prior is uniform, so the mean generated image is the plain mean over the nine codes.
    [Fact]
    public void Generate_ManyImages_HaveTheMeanUnderTheUniformPrior()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = ExactVae.Model();
        using var rng = new Generator(2);
        const int Count = 20_000;
        var codes = new OneHotCategorical(torch.zeros([1, 2, 3])).Enumerate();
        var expected = model.Decode(codes).sigmoid().mean([0L]).@double().ToArray<double>();
        var images = model.Generate(Count, rng).@double();
        var (mean, variance) = (images.mean([0L]).ToArray<double>(), images.var([0L]).ToArray<double>());
        for (var i = 0; i < 4; i++)
            mean[i].ShouldBe(expected[i], EstimatorLaws.MaxScore * Math.Sqrt(variance[i] / Count));
    }

    [Fact]
    public void Posterior_WrongImageSize_NamesExpectedAndActualShape()
    {
        using var model = ExactVae.Model();
        using var x = torch.zeros([2, 5]);
        Should.Throw<ArgumentException>(() => model.Posterior(x)).Message.ShouldContain("expected shape [?, 4], got [2, 5]");
        Should.Throw<ArgumentException>(() => model.Decode(x)).Message.ShouldContain("expected shape [..., 2, 3], got [2, 5]");
    }

    [Fact]
    public void Constructor_PixelMeans_BecomeTheOutputBias()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var model = new CategoricalVae(new(1, 2, 2, [0, 0.25f, 0.5f, 1], rng));
        // Pixels that are always off or on count as 0.001 and 0.999.
        var means = model.state_dict()["output_bias"].sigmoid().ToArray<float>();
        foreach (var (mean, expected) in means.Zip([0.001f, 0.25f, 0.5f, 0.999f])) mean.ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void Create_Settings_DecideTheLayers()
    {
        using var rng = new Generator(1);
        var settings = new Settings([new("latents", "4x5"), new("encoder-layers", "[8, 7]"), new("decoder-layers", "6")]);
        using var model = new CategoricalVae(new(1, 2, 2, [0.5f, 0.5f, 0.5f, 0.5f], rng), settings.Fill(new CategoricalVaeOptions()));
        model.named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal)).Select(p => string.Join("x", p.parameter.shape))
            .ShouldBe(["8x4", "7x8", "20x7", "6x20", "4x6"]);
        settings.EnsureAllRead();
    }

    [Fact]
    public void KlWeight_Negative_ThrowsNamingIt()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new CategoricalVaeOptions { KlWeight = -0.1 }).ParamName.ShouldBe("KlWeight");
        Should.Throw<InputException>(() => new Settings([new("kl-weight", "-1")]).Fill(new CategoricalVaeOptions())).Message.ShouldContain("kl-weight");
    }

    [Fact]
    public void Find_UnknownModel_SuggestsTheNearest() =>
        Should.Throw<InputException>(() => ModelCatalog.All.Find("categorical-vea")).Message.ShouldContain("did you mean 'categorical-vae'?");
}
