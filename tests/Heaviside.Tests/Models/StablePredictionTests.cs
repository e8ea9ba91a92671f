using Heaviside.Distributions;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Regularizers;
using Heaviside.Tests.Training;
using static Heaviside.Tests.Models.PlainNetwork;

namespace Heaviside.Tests.Models;

public class StablePredictionTests
{
    private const double Rho = 0.7, Alpha = 0.6, Weight = 3;

    // Two channels of three rows of one pixel: the top halves are pixels 0 and 3.
    private static readonly double[][] Images = [[1, 0, 1, 0, 0, 1], [0, 1, 0.25, 1, 1, 0], [0, 0, 1, 1, 0, 1]];
    private static readonly int[] Top = [0, 3], Bottom = [1, 2, 4, 5];

    private static Tensor X => torch.tensor(Images.SelectMany(i => i).ToArray(), [3, 6]);

    private static StablePrediction Model()
    {
        using var rng = new Generator(1);
        StabilityRegularizer regularizer = new() { Rho = Rho, Alpha = Alpha, Clip = StabilityClip.Group, Reduction = StabilityReduction.Mean };
        var model = Shaken(new StablePrediction(new(2, 3, 1, [0.2f, 0.5f, 0.7f, 0.9f, 0.1f, 0.4f], rng), new() { Bits = 4, Hidden = [3], BlockHidden = [5], Stability = new(Weight, regularizer) }));
        model.to(torch.float64);
        return model;
    }

    private static double[] Take(double[] x, int[] pixels) => [.. pixels.Select(p => x[p])];

    private static double[] Encode(StablePrediction model, double[] x) => Map(model, "encoder.0", Sum(Take(x, Top), Read(model, "top_means"), -1));

    private static double[] Soft(StablePrediction model, double[] z) => [.. Map(model, "block.layer.0.0", z).Select(l => 1 / (1 + Math.Exp(-l)))];

    private static double[] Pixels(StablePrediction model, double[] b) => Sum(Map(model, "decoder.0", Signs(b)), Read(model, "output_bias"));

    private static double LogLikelihood(StablePrediction model, double[] x, double[] b) => LogBernoulli(Take(x, Bottom), Pixels(model, b));

    private static double[] Bits(StablePrediction model, double[] x) => [.. Soft(model, Encode(model, x)).Select(f => f > 0.5 ? 1.0 : 0)];

    // The mean over the images of log p at f(z + e), and that plus the weighted mean over bits of the clipped stabilities.
    private static (double Value, double Objective) Training(StablePrediction model, double[][] e, double[][] independent)
    {
        var z = Images.Select(x => Encode(model, x)).ToArray();
        var f = z.Zip(e, (a, n) => Soft(model, Sum(a, n))).ToArray();
        var other = z.Select((a, i) => Soft(model, Sum(a, [.. e[i].Zip(independent[i], (n, m) => (Rho * n) + (Math.Sqrt(1 - (Rho * Rho)) * m))]))).ToArray();
        var stability = Enumerable.Range(0, 4).Select(d => Math.Min(Alpha, f.Zip(other, (a, b) => (a[d] * b[d]) + ((1 - a[d]) * (1 - b[d]))).Average()));
        var value = Images.Zip(f, (x, b) => LogLikelihood(model, x, b)).Average();
        return (value, value + (Weight * stability.Average()));
    }

    private static double[][] Rows(Tensor t) => [.. t.ToArray<double>().Chunk((int)t.size(1))];

    [Fact]
    public void Objective_GivenNoise_IsTheSoftLikelihoodAndTheStabilityAndHasTheirGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var rng = new Generator(6);
        using var same = new Generator(6);
        var objective = model.Objective(X, rng);
        var like = torch.zeros([3, 4], torch.float64);
        var (e, independent) = (Rows(Noise.Normal([3, 4], like, same)), Rows(Noise.Normal([3, 4], like, same)));
        var (value, sum) = Training(model, e, independent);
        objective.Value.Number().ShouldBe(value, 1e-12);
        objective.Loss.Number().ShouldBe(-sum, 1e-12);
        objective.Point.ShouldBe(EvaluationPoint.RelaxedSample);
        objective.Loss.backward();
        const double Step = 1e-5;
        foreach (var (name, parameter) in model.named_parameters())
        {
            var values = parameter.AsSpan<double>();
            var before = values[0];
            values[0] = before + Step;
            var above = Training(model, e, independent).Objective;
            values[0] = before - Step;
            var below = Training(model, e, independent).Objective;
            values[0] = before;
            var gradient = parameter.grad!.ToArray<double>();
            gradient[0].ShouldBe(-(above - below) / (2 * Step), 1e-7, name);
            gradient.ShouldContain(g => g != 0, name);
        }
    }

    [Fact]
    public void Bounds_AnySamples_AreTheLikelihoodOfTheThresholdedNetwork()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var rng = new Generator(8);
        var bits = Images.Select(x => Bits(model, x)).ToArray();
        bits.SelectMany(b => b).Distinct().Count().ShouldBe(2);
        model.Bits(X).ToArray<double>().ShouldBe(bits.SelectMany(b => b));
        var expected = Images.Zip(bits, (x, b) => LogLikelihood(model, x, b)).ToArray();
        var weights = model.LogWeights(X, 4, rng);
        weights.shape.ShouldBe([4, 3]);
        foreach (var row in Rows(weights).Append(model.Elbo(X, rng).ToArray<double>()))
            foreach (var (actual, exact) in row.Zip(expected)) actual.ShouldBe(exact, 1e-12);
    }

    [Fact]
    public void Reconstruct_Images_KeepTheTopAndPredictTheBottom()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var rng = new Generator(4);
        foreach (var (x, image) in Images.Zip(Rows(model.Reconstruct(X, rng))))
        {
            Take(image, Top).ShouldBe(Take(x, Top));
            foreach (var (p, l) in Take(image, Bottom).Zip(Pixels(model, Bits(model, x)))) p.ShouldBe(1 / (1 + Math.Exp(-l)), 1e-12);
        }
    }

    [Fact]
    public void Quantity_OfTheBounds_SaysThatTheNetworkIsThresholded() => Model().Quantity.ShouldContain("of the thresholded network");

    [Fact]
    public void Train_Metrics_HoldStabilityAndItsWeight()
    {
        using var run = new TinyRun();
        run.Train(default, ("model", "stable-prediction"), ("stability", "linear(0, 6, steps=6)"));
        var rows = run.Rows().Where(r => (string)r["kind"]! == "train").ToList();
        rows.Select(r => (double)r["stability-weight"]!).ShouldBe([1, 3, 5, 6, 6, 6]);
        foreach (var row in rows)
        {
            ((double)row["stability"]!).ShouldBeInRange(0, 1);
            ((double)row["discreteness"]!).ShouldBeInRange(0, 0.5);
            ((string)row["point"]!).ShouldBe(nameof(EvaluationPoint.RelaxedSample));
        }
    }
}
