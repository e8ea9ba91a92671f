using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Models;

namespace Heaviside.Tests.Models;

public class SigmoidBeliefNetworkTests
{
    private static readonly double[][] Images = [[1, 0, 0, 1], [0, 0.25, 1, 1]]; // a grey pixel too

    public static TheoryData<int[], int[]> Architectures => new() { { [3], [] }, { [3, 2], [] }, { [3], [4, 3] }, { [2, 3], [4] } };

    private static Tensor X(ScalarType type = ScalarType.Float64) => torch.tensor(Images.SelectMany(i => i).ToArray(), [2, 4]).to(type);

    private static SigmoidBeliefNetwork Model(int[] layers, int[] hidden)
    {
        using var rng = new Generator(1);
        var model = PlainNetwork.Shaken(new SigmoidBeliefNetwork(new(1, 2, 2, [0.2f, 0.5f, 0.7f, 0.9f], rng), new() { Layers = layers, Hidden = hidden }));
        model.to(torch.float64);
        return model;
    }

    private static void Set(LatentVariableModel model, string name, params double[] values)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var target = model.state_dict()[name];
        target.copy_(torch.tensor(values).reshape(target.shape));
    }

    // Two bits, two pixels: s = 2 b - 1, logits c + W s; the posterior does not look at x.
    private static SigmoidBeliefNetwork TwoBits()
    {
        using var rng = new Generator(1);
        var model = new SigmoidBeliefNetwork(new(1, 1, 2, [0.3f, 0.6f], rng), new() { Layers = [2] });
        model.to(torch.float64);
        Set(model, "output_bias", 0.1, -0.3);
        Set(model, "generator.0.0.weight", 0.5, -1, 0.8, 0.2);
        Set(model, "prior_logits", 0, 0.4);
        Set(model, "posterior.0.0.weight", 0, 0, 0, 0);
        Set(model, "posterior.0.0.bias", 0.3, -0.7);
        return model;
    }

    [Fact]
    public void Objective_TwoBitsTwoPixels_HasTheValueAndGradientWorkedOutByHand()
    {
        using var scope = torch.NewDisposeScope();
        using var model = TwoBits();
        using var enumeration = new Enumeration();
        var objective = model.Objective(torch.tensor([1.0, 0], [1, 2]), enumeration, null!);
        objective.Value.Number().ShouldBe(-1.4086981355, 1e-9);
        objective.Loss.backward();
        var gradient = model.named_parameters().Single(p => p.name == "posterior.0.0.bias").parameter.grad!.ToArray<double>();
        gradient[0].ShouldBe(0.1365333554, 1e-9); // of the loss, which is followed downwards
        gradient[1].ShouldBe(0.0017283595, 1e-9);
        new ExactBeliefNetwork(model).LogLikelihood([1, 0]).ShouldBe(-1.3672171921, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Objective_Enumerated_IsTheExactElboAndItsGradient(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model(layers, hidden);
        using var enumeration = new Enumeration();
        var exact = new ExactBeliefNetwork(model);
        var objective = model.Objective(X(), enumeration, null!);
        objective.Value.Number().ShouldBe(Images.Average(exact.Elbo), 1e-9);
        objective.Loss.backward();
        const double Step = 1e-5;
        foreach (var (name, parameter) in model.named_parameters())
        {
            var gradient = parameter.grad!.ToArray<double>();
            foreach (var i in new[] { 0, gradient.Length - 1 })
            {
                double At(double change)
                {
                    var values = parameter.AsSpan<double>();
                    var before = values[i];
                    values[i] = before + change;
                    var elbo = Images.Average(exact.Elbo);
                    values[i] = before;
                    return elbo;
                }

                gradient[i].ShouldBe(-(At(Step) - At(-Step)) / (2 * Step), 1e-8, $"{name}[{i}]");
            }
        }
    }

    // Also between the bits, where every term is the linear interpolation of its logits' cross-entropy.
    [Theory]
    [MemberData(nameof(Architectures))]
    public void Objective_AnyPoint_IsTheLogWeightWorkedOutByHand(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model(layers, hidden);
        using var recorder = new PointRecorder();
        model.Objective(X(), recorder, null!);
        var exact = new ExactBeliefNetwork(model);
        var random = new Random(3);
        var width = layers.Sum();
        var points = Enumerable.Range(0, 5 * 2 * width).Select(i => i < 2 * width ? random.Next(2) : random.NextDouble()).ToArray();
        var values = recorder.Objective!.Evaluate(torch.tensor(points, [5, 2, width])).ToArray<double>();
        for (var p = 0; p < 5; p++)
            for (var i = 0; i < 2; i++)
            {
                var all = points[(((p * 2) + i) * width)..(((p * 2) + i + 1) * width)];
                double[][] b = layers.Length == 1 ? [all] : [all[..layers[0]], all[layers[0]..]];
                values[(p * 2) + i].ShouldBe(exact.LogWeight(Images[i], b), 1e-9);
            }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Objective_SinglePrecision_HasTheValueOfDoublePrecision(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var twice = Model(layers, hidden);
        using var single = Model(layers, hidden);
        using var enumeration = new Enumeration();
        single.to(torch.float32);
        ((double)single.Objective(X(torch.float32), enumeration, null!).Value.Number())
            .ShouldBe(twice.Objective(X(), enumeration, null!).Value.Number(), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Bounds_ManyDraws_HaveTheExactMeanAndRiseToTheLikelihood(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(layers, hidden);
        using var rng = new Generator(8);
        const int Draws = 20_000, Samples = 50;
        var exact = new ExactBeliefNetwork(model);
        var elbo = model.Elbo(X().repeat([Draws, 1]), rng).reshape([Draws, 2]);
        var bound = model.LogWeights(X().repeat([Draws / Samples, 1]), Samples, rng).logsumexp(0).reshape([Draws / Samples, 2]) - Math.Log(Samples);
        for (var i = 0; i < 2; i++)
        {
            var (single, many) = (elbo.select(1, i), bound.select(1, i));
            single.mean().Number().ShouldBe(exact.Elbo(Images[i]), Error(single));
            var likelihood = exact.LogLikelihood(Images[i]);
            exact.Elbo(Images[i]).ShouldBeLessThan(likelihood);
            many.mean().Number().ShouldBeGreaterThan(single.mean().Number());
            many.mean().Number().ShouldBeLessThan(likelihood + Error(many));
        }
    }

    private static double Error(Tensor draws) => EstimatorLaws.MaxScore * Math.Sqrt(draws.var().Number() / draws.numel());

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Generate_ManyImages_HaveTheMeanUnderTheModel(int[] layers, int[] hidden)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(layers, hidden);
        using var rng = new Generator(2);
        var exact = new ExactBeliefNetwork(model);
        var means = model.Generate(20_000, rng);
        means.shape.ShouldBe([20_000, 4]);
        for (var pixel = 0; pixel < 4; pixel++)
        {
            var on = PlainNetwork.Values(4).Where(x => x[pixel] == 1).Sum(x => Math.Exp(exact.LogLikelihood(x)));
            means.select(1, pixel).mean().Number().ShouldBe(on, Error(means.select(1, pixel)));
        }
    }

    [Fact]
    public void Members_Batch_HaveTheDocumentedShapes()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model([3, 2], [4]);
        using var rng = new Generator(2);
        model.Elbo(X(), rng).shape.ShouldBe([2]);
        model.LogWeights(X(), 7, rng).shape.ShouldBe([7, 2]);
        model.Reconstruct(X(), rng).shape.ShouldBe([2, 4]);
        model.Decode(torch.zeros([5, 2, 3], torch.float64)).shape.ShouldBe([5, 2, 4]);
        model.LatentLayers.ShouldBe([[3], [2]]);
        model.ContextSize.ShouldBe(4);
        model.LogitParameters.Count.ShouldBe(8); // two maps of two affine parts
        Should.Throw<ArgumentException>(() => model.Elbo(torch.zeros([2, 5], torch.float64), rng)).Message.ShouldContain("expected shape [?, 4], got [2, 5]");
    }

    [Fact]
    public void Constructor_InitialValues_AreThoseOfTheExperiments()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var model = new SigmoidBeliefNetwork(new(1, 20, 20, [.. Enumerable.Repeat(0.25f, 400)], rng), new() { Layers = [100, 50] });
        foreach (var (name, parameter) in model.named_parameters())
        {
            var values = parameter.ToArray<float>();
            if (!name.EndsWith("weight", StringComparison.Ordinal))
            {
                values.ShouldAllBe(v => v == 0, name);
                continue;
            }

            // Cut at two standard deviations sqrt(1.3 * 2 / inputs) before truncation, which leaves 0.7737 of the variance.
            var std = Math.Sqrt(1.3 * 2 / parameter.size(1));
            values.ShouldAllBe(v => Math.Abs(v) <= (2 * std) + 1e-6, name);
            (values.Average(v => v * v) / (std * std)).ShouldBe(0.7737, 4.5 * 0.8 / Math.Sqrt(values.Length), name);
        }

        foreach (var mean in model.state_dict()["output_bias"].sigmoid().ToArray<float>()) mean.ShouldBe(0.25f, 1e-6f);
    }

    [Fact]
    public void Create_Settings_DecideTheLayers()
    {
        using var rng = new Generator(1);
        ModelInput input = new(3, 2, 2, new float[12], rng);
        var settings = new Settings([new("layers", "[5, 4]"), new("hidden", "6")]);
        using var model = new SigmoidBeliefNetwork(input, settings.Fill(new SigmoidBeliefNetworkOptions()));
        model.named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal)).Select(p => string.Join("x", p.parameter.shape))
            .ShouldBe(["6x12", "5x6", "6x5", "4x6", "6x4", "5x6", "6x5", "12x6"]);
        settings.EnsureAllRead();
        Should.Throw<InputException>(() => new Settings([new("layers", "[]")]).Fill(new SigmoidBeliefNetworkOptions())).Message.ShouldContain("layers");
    }
}
