using Heaviside.Distributions;
using Heaviside.Networks;
using Heaviside.Regularizers;

namespace Heaviside.Tests.Regularizers;

public class NoiseStabilityTests
{
    private static readonly StabilityRegularizer Unclipped = new() { Alpha = 1, Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum };

    [Fact]
    public void Estimate_GivenNoise_IsAlgorithm1()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(5);
        using var same = new Generator(5);
        var z = torch.linspace(-2, 2, 12).view([4, 3]);
        var estimate = new StabilityRegularizer { Rho = 0.8, Alpha = 0.3, Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum }.Estimate(x => x.sigmoid(), z, rng);

        var e = Noise.Normal([4, 3], z, same);
        var e2 = (0.8 * e) + (0.6 * Noise.Normal([4, 3], z, same));
        var each = ((z + e).sigmoid() * (z + e2).sigmoid()).mean([0]).ToArray<float>();
        ((double)estimate.Maximand.Number()).ShouldBe(each.Sum(s => Math.Min(s, 0.3)), 1e-6);
        ((double)estimate.Stability.Number()).ShouldBe(each.Average(), 1e-6);
        var output = (z + e).sigmoid().ToArray<float>();
        estimate.Output.ToArray<float>().ShouldBe(output);
        ((double)estimate.Discreteness.Number()).ShouldBe(output.Average(y => Math.Min(y, 1 - y)), 1e-6);
    }

    [Fact]
    public void Estimate_Reduction_IsOverOutputsOrGroups()
    {
        double Of(StabilityReduction reduction, StabilityClip clip)
        {
            using var scope = torch.NewDisposeScope();
            using var rng = new Generator(5);
            return new StabilityRegularizer { Alpha = 1, Reduction = reduction, Clip = clip }
                .Estimate(x => x.softmax(-1), torch.zeros([4, 3, 2]), rng).Maximand.Number();
        }

        var sum = Of(StabilityReduction.Sum, StabilityClip.Dimension);
        Of(StabilityReduction.Mean, StabilityClip.Dimension).ShouldBe(sum / 6, 1e-6);
        Of(StabilityReduction.Mean, StabilityClip.Group).ShouldBe(sum / 3, 1e-6);
        Of(StabilityReduction.Sum, StabilityClip.Group).ShouldBe(sum, 1e-6);
    }

    [Fact]
    public void Estimate_AboveAlpha_HasNoGradient()
    {
        Gradient(logit: 3, new() { Alpha = 0.6 }).ShouldBe(0);
        Gradient(logit: 3, new() { Alpha = 0.999 }).ShouldBeGreaterThan(0);
        Gradient(logit: -3, new() { Alpha = 0.6 }).ShouldBeGreaterThan(0);
    }

    // Borell's theorem fixes the mean of f; algorithm 1 does not, and its maximum is the constant 1.
    [Fact]
    public void Estimate_WithoutAClip_IsMaximalAtTheConstantOne()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        double At(double level) => Unclipped.Estimate(z => (0 * z) + level, torch.zeros([100, 4]), rng).Maximand.Number();
        At(1).ShouldBe(4, 1e-6);
        At(0.5).ShouldBe(1, 1e-6);
        Gradient(logit: 0, Unclipped).ShouldBeGreaterThan(0);
    }

    // A balanced pair of classes has nothing to gain from a shift of its logits, unlike a single sigmoid.
    [Fact]
    public void Estimate_TwoClasses_DoNotPreferOne()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var shift = torch.zeros([], torch.float64).requires_grad_();
        var noise = torch.zeros([200_000, 1], torch.float64);
        var estimate = Unclipped.Estimate(z => torch.stack([(z + shift).sigmoid(), (-(z + shift)).sigmoid()], -1), noise, rng);
        Math.Abs(Autograd.Grad([estimate.Maximand], [shift])[0].Number()).ShouldBeLessThan(0.005);
        Gradient(logit: 0, Unclipped).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Estimate_OneKthPerClass_IsReachedOnlyByAllClasses()
    {
        double Of(params int[] classes)
        {
            using var scope = torch.NewDisposeScope();
            using var rng = new Generator(1);
            var hard = torch.zeros([classes.Length, 4]);
            for (var i = 0; i < classes.Length; i++) hard[i, classes[i]].fill_(1);
            return new StabilityRegularizer { Alpha = 0.25, Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum }.Estimate(z => hard + (0 * z), torch.zeros([classes.Length, 4]), rng).Maximand.Number();
        }

        Of(0, 1, 2, 3).ShouldBe(1, 1e-6);
        Of(0, 1, 2, 2).ShouldBe(0.75, 1e-6);
        Of(0, 0, 0, 0).ShouldBe(0.25, 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimate_BatchNorm_SeesTheBatchOnce(bool centered)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var initial = new Generator(2);
        var norm = torch.nn.BatchNorm1d(4);
        using var layer = torch.nn.Sequential(Layers.Linear(3, 4, initial), norm, torch.nn.Sigmoid());
        NoiseStability regularizer = centered ? new MeanCenteredStability { SharedNoise = false } : new StabilityRegularizer();
        var estimate = regularizer.Estimate(layer, torch.randn([20, 3], generator: rng), rng);
        norm.num_batches_tracked!.Number().ShouldBe(1);
        var expected = 0.1 * estimate.Output.logit().detach().mean([0]);
        norm.running_mean!.abs().sum().Number().ShouldBeGreaterThan(0);

        // One look at a batch moves the average by a tenth of its mean; that of the normalized values is 0.
        layer.call(torch.zeros([5, 3]));
        norm.num_batches_tracked!.Number().ShouldBe(2);
        expected.abs().max().Number().ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void Estimate_Gradient_ReachesWhatTheLayerAndItsInputDependOn()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        using var layer = torch.nn.Sequential(Layers.Linear(3, 2, rng), torch.nn.Sigmoid());
        var z = torch.zeros([10, 3]).requires_grad_();
        var gradients = Autograd.Grad([new MeanCenteredStability().Estimate(layer, z, rng).Maximand], [z, .. layer.parameters()]);
        foreach (var gradient in gradients) gradient.abs().sum().Number().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Settings_OutOfRange_NameTheProperty()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new StabilityRegularizer { Rho = 1 }).ParamName.ShouldBe("Rho");
        Should.Throw<ArgumentOutOfRangeException>(() => new StabilityRegularizer { Alpha = 0 }).ParamName.ShouldBe("Alpha");
        Should.Throw<ArgumentOutOfRangeException>(() => new MeanCenteredStability { Rho2 = 0 }).ParamName.ShouldBe("Rho2");
    }

    [Fact]
    public void Estimate_OtherBatch_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        Should.Throw<ArgumentException>(() => Unclipped.Estimate(z => z.mean([0], keepdim: true), torch.zeros([10, 3]), rng)).Message.ShouldContain("[10, ...]");
        Should.Throw<ArgumentException>(() => Unclipped.Estimate(z => z, torch.zeros([3]), rng)).Message.ShouldContain("[B, ...]");
        Should.Throw<ArgumentException>(() => new MeanCenteredStability { Rho1 = 0.05 }.Estimate(z => z, torch.zeros([3, 1]), rng)).Message.ShouldContain("Rho2");
    }

    private static double Gradient(double logit, StabilityRegularizer regularizer)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(1);
        var shift = torch.full([], logit).requires_grad_();
        var estimate = regularizer.Estimate(z => (z + shift).sigmoid(), torch.zeros([5000, 1], torch.float64), rng);
        return Autograd.Grad([estimate.Maximand], [shift])[0].Number();
    }
}
