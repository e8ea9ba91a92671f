using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Networks.Residual;
using Heaviside.Tests.Training;
using Heaviside.Training;

namespace Heaviside.Tests.Models;

public sealed class GatedResNetTests : IDisposable
{
    private static readonly GatedResNetOptions Small = new() { Depth = 8, Width = 3, RateWeight = 0 };
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static Batch Images(int count = 6) => LabeledHalves.Data().InOrder(Split.Test, count, seed: 0).At(0, 0);

    // With gates that depend on the image: as they begin, they hardly do.
    private static GatedResNet Model(GatedResNetOptions? options = null)
    {
        using var rng = new Generator(1);
        var model = new GatedResNet(LabeledHalves.Data(), rng, options ?? Small);
        using var _ = torch.no_grad();
        foreach (var (name, parameter) in model.named_parameters())
            if (name.EndsWith("second.weight", StringComparison.Ordinal) && name.StartsWith("gate", StringComparison.Ordinal)) parameter.normal_(0, 1, rng);
        return model;
    }

    // The sum over the eight ways through three blocks, each computed alone.
    [Fact]
    public void Objective_OfAllGates_IsTheSumOverThem()
    {
        using var model = Model();
        using var batch = Images();
        using var enumeration = new Enumeration();
        model.eval();
        var modules = model.named_children().ToDictionary(m => m.name, m => m.module);
        var (images, network) = ((ClassifiedImages)modules["images"], (ResidualNetwork)modules["network"]);
        var labels = batch[ImageData.Labels];
        var expected = Enumerable.Range(0, 8).Select(bits =>
        {
            var (features, logProb) = (network.Begin(images.Of(batch)), torch.zeros(6));
            for (var l = 0; l < 3; l++)
            {
                var gate = (bits >> l) & 1;
                var logit = ((BlockGate)modules[$"gate{l}"]).Logits(features);
                logProb += (gate == 1 ? logit : -logit).sigmoid().log();
                features = network.Blocks[l].Of(features, torch.full([6], (float)gate));
            }

            return logProb.exp() * network.Output(features).log_softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1);
        }).Aggregate((a, b) => a + b);
        model.Objective(batch, enumeration, null!).Value.Number().ShouldBe(expected.mean().Number(), 1e-5);
    }

    // What is not computed is what would be multiplied with 0.
    [Fact]
    public void Block_OutsideOfTraining_ComputesOpenImagesAlone()
    {
        using var rng = new Generator(1);
        var block = new BasicBlock(3, 6, stride: 2, rng);
        block.eval();
        var (x, gate) = (torch.randn(5, 3, 8, 8), torch.tensor(new float[] { 1, 0, 0, 1, 0 }));
        var whole = block.Of(x, gate);
        using var _ = torch.no_grad();
        block.Of(x, gate).allclose(whole, 1e-5, 1e-6).ShouldBeTrue();
        block.Of(x, torch.zeros(5)).allclose(block.Of(x, torch.full([5], 1e-30f)), 1e-5, 1e-6).ShouldBeTrue();
        block.MultiplyAdds(8, 8).ShouldBe((4 * 4 * 6 * 9 * 3) + (4 * 4 * 6 * 9 * 6));
    }

    [Theory]
    [InlineData("straight-through-gumbel-softmax")]
    [InlineData("gumbel-softmax")]
    [InlineData("reinforce")]
    [InlineData("rebar")]
    [InlineData("disarm")]
    [InlineData("vimco")]
    public void Estimators_TrainEveryPart(string name)
    {
        using var model = Model(Small with { RateWeight = 2 });
        using var batch = Images();
        using var rng = new Generator(2);
        using var estimator = EstimatorCatalog.All.Find(name).New();
        if (estimator.NeedsPreparation) estimator.Prepare(new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, rng));
        model.Objective(batch, estimator, rng).Loss.backward();
        foreach (var (parameter, tensor) in model.named_parameters())
            tensor.grad.ShouldNotBeNull(parameter).isfinite().all().item<bool>().ShouldBeTrue(parameter);
        model.named_parameters().Where(p => p.name.StartsWith("gate", StringComparison.Ordinal)).Sum(p => p.parameter.grad!.abs().sum().Number()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("straight-through-gumbel-softmax", 0.3)]
    [InlineData("reinforce", 0.7)]
    public void Train_ComesToTheTargetRateAndTheClasses(string name, double rate)
    {
        using var experiment = new Experiment(
            Model(Small with { Width = 4, TargetRate = rate, RateWeight = 50 }), LabeledHalves.Data(), EstimatorCatalog.All.Find(name).New(),
            new TrainingOptions { Steps = 150, BatchSize = 30, LearningRate = 0.02, ValidateEvery = 150, TestSamples = 1 });
        var figures = Trainer.Train(experiment, folder["run"], new Recorder()).Figures.ToDictionary(f => f.Name, f => f.Mean);
        (figures["open-blocks"] / 3).ShouldBe(rate, 0.15);
        figures["accuracy"].ShouldBeGreaterThan(0.9);
        figures["multiply-adds"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Gates_Begin_OpenForMostImages()
    {
        using var rng = new Generator(1);
        using var model = new GatedResNet(LabeledHalves.Data(), rng, Small);
        using var batch = Images(60);
        model.eval();
        using var _ = torch.no_grad();
        var open = Enumerable.Range(0, 50).Average(_ => model.Figures(batch, rng).First(f => f.Name == "open-blocks").Value.mean().Number()) / 3;
        open.ShouldBe(0.87, 0.02);
    }
}
