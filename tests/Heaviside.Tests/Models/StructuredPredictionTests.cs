using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;
using static Heaviside.Tests.Models.PlainNetwork;

namespace Heaviside.Tests.Models;

public class StructuredPredictionTests
{
    // Two channels of three rows of one pixel: the top halves are pixels 0 and 3.
    private static readonly double[][] Images = [[1, 0, 1, 0, 0, 1], [0, 1, 0.25, 1, 1, 0]];
    private static readonly int[] Top = [0, 3], Bottom = [1, 2, 4, 5];

    public static TheoryData<int[], int[]> Architectures => new() { { [3], [] }, { [3, 2], [] }, { [2], [4, 3] } };

    private static Tensor X => torch.tensor(Images.SelectMany(i => i).ToArray(), [2, 6]);

    private static StructuredPrediction Model(int[] layers, int[] hidden)
    {
        using var rng = new Generator(1);
        var model = Shaken(new StructuredPrediction(new(2, 3, 1, [0.2f, 0.5f, 0.7f, 0.9f, 0.1f, 0.4f], rng), new() { Layers = layers, Hidden = hidden }));
        model.to(torch.float64);
        return model;
    }

    private static double[] Take(double[] x, int[] pixels) => [.. pixels.Select(p => x[p])];

    // Every path of bits with its log-probability given the top half and the likelihood of the bottom half.
    private static IEnumerable<(double LogPrior, double LogPixels)> Paths(StructuredPrediction model, double[] x)
    {
        var widths = model.LatentLayers.Select(l => (int)l[0]).ToArray();
        var first = Map(model, "prior.0", Sum(Take(x, Top), Read(model, "top_means"), -1));
        return from b in Values(widths[0])
               from end in widths.Length == 1 ? [(b, 0)] : Values(widths[1]).Select(c => (c, LogBernoulli(c, Map(model, "prior.1", Signs(b)))))
               let pixels = Sum(Map(model, "output.0", Signs(end.Item1)), Read(model, "output_bias"))
               select (LogBernoulli(b, first) + end.Item2, LogBernoulli(Take(x, Bottom), pixels));
    }

    private static double Elbo(StructuredPrediction model, double[] x) => Paths(model, x).Sum(p => Math.Exp(p.LogPrior) * p.LogPixels);

    private static double LogLikelihood(StructuredPrediction model, double[] x) => Math.Log(Paths(model, x).Sum(p => Math.Exp(p.LogPrior + p.LogPixels)));

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Objective_Enumerated_IsTheExactBoundAndItsGradient(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model(layers, hidden);
        using var enumeration = new Enumeration();
        var objective = model.Objective(X, enumeration, null!);
        objective.Value.Number().ShouldBe(Images.Average(x => Elbo(model, x)), 1e-9);
        objective.Loss.backward();
        const double Step = 1e-5;
        foreach (var (name, parameter) in model.named_parameters())
        {
            var values = parameter.AsSpan<double>();
            var before = values[0];
            values[0] = before + Step;
            var above = Images.Average(x => Elbo(model, x));
            values[0] = before - Step;
            var below = Images.Average(x => Elbo(model, x));
            values[0] = before;
            parameter.grad!.ToArray<double>()[0].ShouldBe(-(above - below) / (2 * Step), 1e-8, name);
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Bounds_ManyDraws_HaveTheExactMeanAndRiseToTheConditionalLikelihood(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(layers, hidden);
        using var rng = new Generator(8);
        const int Draws = 20_000, Samples = 50;
        var elbo = model.Elbo(X.repeat([Draws, 1]), rng).reshape([Draws, 2]);
        var bound = model.LogWeights(X.repeat([Draws / Samples, 1]), Samples, rng).logsumexp(0).reshape([Draws / Samples, 2]) - Math.Log(Samples);
        for (var i = 0; i < 2; i++)
        {
            var (single, many) = (elbo.select(1, i), bound.select(1, i));
            single.mean().Number().ShouldBe(Elbo(model, Images[i]), Error(single));
            many.mean().Number().ShouldBeGreaterThan(single.mean().Number());
            many.mean().Number().ShouldBeLessThan(LogLikelihood(model, Images[i]) + Error(many));
        }
    }

    [Fact]
    public void Reconstruct_ManyDraws_KeepTheTopAndPredictTheBottom()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model([3, 2], []);
        using var rng = new Generator(4);
        var images = model.Reconstruct(X.narrow(0, 0, 1).repeat([20_000, 1]), rng);
        foreach (var p in Top) images.select(1, p).ToArray<double>().ShouldAllBe(v => v == Images[0][p]);
        foreach (var p in Bottom)
        {
            var on = BottomsWith(p).Sum(x => Math.Exp(LogLikelihood(model, x)));
            images.select(1, p).mean().Number().ShouldBe(on, Error(images.select(1, p)));
        }
    }

    // All bottom halves in which a pixel is on, below the first image's top half.
    private static IEnumerable<double[]> BottomsWith(int pixel) =>
        from bottom in Values(Bottom.Length)
        where bottom[Array.IndexOf(Bottom, pixel)] == 1
        select (double[])[Images[0][0], bottom[0], bottom[1], Images[0][3], bottom[2], bottom[3]];

    private static double Error(Tensor draws) => EstimatorLaws.MaxScore * Math.Sqrt(draws.var().Number() / draws.numel());

    [Fact]
    public void Objective_BottomHalf_IsNotSeenByTheBitsNorTheBaseline()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model([3], []);
        using var recorder = new PointRecorder();
        model.Objective(X, recorder, null!);
        var (law, context) = (((Heaviside.Distributions.Bernoulli)recorder.Law!).Logits.ToArray<double>(), ((IHasContext)recorder.Objective!).Context);
        context.shape.ShouldBe([2, model.ContextSize]);
        model.Objective(torch.tensor([1.0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0], [2, 6]), recorder, null!);
        ((Heaviside.Distributions.Bernoulli)recorder.Law!).Logits.ToArray<double>().ShouldBe(law);
        ((IHasContext)recorder.Objective!).Context.ToArray<double>().ShouldBe(context.ToArray<double>());
    }

    [Fact]
    public void Constructor_OneRow_SaysThatThereAreNoHalves()
    {
        using var rng = new Generator(1);
        Should.Throw<InputException>(() => new StructuredPrediction(new(1, 1, 4, new float[4], rng))).Message.ShouldContain("one row");
    }

    [Fact]
    public void Quantity_OfTheBounds_IsConditional() => Model([2], []).Quantity.ShouldBe("log p(bottom half | top half)");
}
