using Heaviside.Models;
using Heaviside.Regularizers;
using Heaviside.Tests.Regularizers;
using Heaviside.Tests.Training;

namespace Heaviside.Tests.Models;

public class GaussianMixtureVaeTests
{
    private static readonly float[] Pixels = [1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0];

    // p(x) = sum_b 1/K of an integral over one z, by quadrature in units of the component's deviation.
    [Fact]
    public void LogWeights_ManySamples_ComeToTheLogLikelihood()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(latentSize: 1, clusters: 3);
        Set(model, "mixture.weight", [-1.2f, 0.3f, 1.5f, -0.4f, 0.5f, -1]);
        var exact = Enumerable.Range(0, 3).Sum(k => GaussianQuadrature.Mean(e =>
        {
            var (mean, deviation) = ((double)Get(model, "mixture.weight")[k], Math.Exp(Get(model, "mixture.weight")[3 + k] / 2));
            return Math.Exp(LogLikelihood(model, mean + (deviation * e)));
        })) / 3;

        using var rng = new Generator(1);
        using var x = torch.tensor(Pixels, [1, 16]);
        var weights = model.LogWeights(x, 200_000, rng).@double().exp().ToArray<double>();
        var error = Math.Sqrt(MathNet.Numerics.Statistics.Statistics.Variance(weights) / weights.Length);
        Math.Abs(weights.Average() - exact).ShouldBeLessThan(4.5 * error);
        error.ShouldBeLessThan(0.02 * exact);
    }

    [Fact]
    public void Objective_Gradient_ReachesEveryPart()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var distorts in new[] { false, true })
        {
            using var model = Model(distorts: distorts);
            using var rng = new Generator(1);
            model.Objective(Batch(12), rng).Loss.backward();
            foreach (var (name, parameter) in model.named_parameters())
                parameter.grad.ShouldNotBeNull(name).abs().sum().Number().ShouldBeGreaterThan(0, name);
            model.Numbers.Select(n => n.Name).ShouldBe(["stability", "discreteness", "prediction-loss"]);
            model.Numbers.ShouldAllBe(n => double.IsFinite(n.Value));
        }
    }

    // Both are rewards: the loss falls by weight times R, and by weight times an entropy that is at most log K.
    [Fact]
    public void Objective_StabilityAndBalance_AreSubtractedFromTheLoss()
    {
        using var scope = torch.NewDisposeScope();
        (double Loss, double Stability) At(double weight, double balance)
        {
            using var model = Model(weight: weight, balance: balance, alpha: 1);
            using var rng = new Generator(1);
            return (model.Objective(Batch(12), rng).Loss.Number(), model.Numbers.Single(n => n.Name == "stability").Value);
        }

        var (plain, stability) = At(0, 0);
        At(50, 0).Loss.ShouldBe(plain - (50 * 4 * stability), 1e-3); // not clipped, R is the sum over 4 clusters of what is reported as their mean
        ((plain - At(0, 50).Loss) / 50).ShouldBeInRange(0.1, Math.Log(4) + 1e-5);
    }

    // What predicts the cluster must not pull at the cluster, nor at z.
    [Fact]
    public void Objective_PredictionLoss_TeachesTheRegressorAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        Tensor[] Gradients(double scale)
        {
            using var rng = new Generator(1);
            using (torch.no_grad())
                foreach (var (_, p) in model.named_parameters().Where(p => p.name.StartsWith("regressor", StringComparison.Ordinal))) p.mul_(scale);
            model.zero_grad();
            model.Objective(Batch(12), rng).Loss.backward();
            return [.. model.named_parameters().Where(p => p.name.StartsWith("mixture", StringComparison.Ordinal)).Select(p => p.parameter.grad!.clone())];
        }

        // The mixture's parameters see r through nothing at all.
        var (first, second) = (Gradients(1), Gradients(3));
        foreach (var (a, b) in first.Zip(second)) a.ToArray<float>().ShouldBe(b.ToArray<float>());
    }

    [Fact]
    public void GenerateClusters_FarApart_ComeFromTheirOwnComponent()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(latentSize: 1, clusters: 2);
        Set(model, "mixture.weight", [-40, 40, -6, -6]);
        model.eval();
        using var rng = new Generator(1);
        var images = model.GenerateClusters(5, rng);
        images.shape.ShouldBe([2, 5, 16]);
        (images[0].mean([0]) - images[1].mean([0])).abs().max().Number().ShouldBeGreaterThan(0.1);
        (images[0] - images[0].mean([0])).abs().max().Number().ShouldBeLessThan(0.1);
        model.Generate(7, rng).shape.ShouldBe([7, 16]);
    }

    // A cluster that none of the examples is in gets a gradient that brings it back.
    [Fact]
    public void Objective_Balance_PullsTheMeanAssignmentTowardsTheUniformOne()
    {
        double Largest(double balance)
        {
            using var run = new TinyRun();
            run.Train(changes: [("model", "gmvae"), ("balance", $"{balance}"), ("stability", "0"), ("learning-rate", "0.02"), ("steps", "60"), ("log-every", "60")]);
            using var experiment = TinyRun.Experiment(("model", "gmvae"));
            experiment.Model.LoadState(Heaviside.Training.TensorFile.Read(Path.Combine(run.Checkpoints()[^1], "model.safetensors"), torch.CPU));
            var clustering = Heaviside.Evaluation.Clustering.Of(experiment.ImageModel, TinyRun.Data.Train, Heaviside.Data.Binarization.None, torch.CPU);
            return clustering.Sizes.Max() / 45.0;
        }

        Largest(balance: 100).ShouldBeLessThanOrEqualTo(Largest(balance: 0));
    }

    [Fact]
    public void Train_ResumedWithBalanceAndDistortion_IsTheSameRun()
    {
        (string, string)[] changes =
        [
            ("model", "gmvae"), ("balance", "linear(0, 5, steps=6)"), ("distort-pairs", "true"), ("probes", "[clusters, validation-objective]"),
        ];
        using var whole = new TinyRun();
        using var parts = new TinyRun();
        whole.Train(changes: changes);
        parts.TrainTo(5, changes);
        parts.Train(changes: changes);
        parts.ShouldEqual(whole);
    }

    [Fact]
    public void Probe_ModelWithoutClusters_SaysSo() =>
        Should.Throw<InputException>(() => TinyRun.Experiment(("probes", "clusters"))).Message.ShouldContain("models with clusters, such as gmvae");

    private static GaussianMixtureVae Model(
        int latentSize = 3, int clusters = 4, bool distorts = false, double weight = 80, double balance = 0, double? alpha = null)
    {
        using var rng = new Generator(3);
        var model = new GaussianMixtureVae(new ModelInput(1, 4, 4, [.. Enumerable.Repeat(0.5f, 16)], rng), new()
        {
            Clusters = clusters,
            LatentSize = latentSize,
            Channels = [2, 3],
            Hidden = 5,
            Stability = new(weight, new() { Alpha = alpha ?? 1.0 / clusters, Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum }),
            DistortPairs = distorts,
            Balance = balance,
        });
        if (latentSize == 1) model.eval();
        return model;
    }

    private static Tensor Batch(int count)
    {
        using var rng = new Generator(8);
        return torch.rand([count, 16], generator: rng).gt(0.5).to(ScalarType.Float32);
    }

    private static void Set(GaussianMixtureVae model, string name, float[] values)
    {
        var tensor = model.state_dict()[name];
        tensor.copy_(torch.tensor(values, tensor.shape));
    }

    private static float[] Get(GaussianMixtureVae model, string name) => model.state_dict()[name].ToArray<float>();

    private static double LogLikelihood(GaussianMixtureVae model, double z)
    {
        using var scope = torch.NewDisposeScope();
        var logits = model.Decode(torch.tensor(new[] { (float)z }, [1, 1])).ToArray<float>();
        return Pixels.Zip(logits).Sum(p => (p.First * p.Second) - Math.Log(1 + Math.Exp(p.Second)));
    }
}
