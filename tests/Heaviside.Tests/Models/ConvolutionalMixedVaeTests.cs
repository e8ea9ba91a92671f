using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Models;

namespace Heaviside.Tests.Models;

/// <summary>What convolutions change in a MixedVae.</summary>
public class ConvolutionalMixedVaeTests
{
    private const int Side = 8, Pixels = 3 * Side * Side, Classes = 4, GaussianSize = 2;

    // What is computed for all classes at once is f at each of them.
    [Fact]
    public void Objective_SingleChanges_AreTheObjectiveAtTheOtherClasses()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model();
        using var recorder = new PointRecorder();
        using var rng = new Generator(1);
        model.Objective(torch.rand([2, Pixels], generator: rng), recorder, rng);
        var f = recorder.Objective.ShouldBeOfType<CodeObjective>();
        var z = torch.nn.functional.one_hot(torch.tensor([0L, 1, 2, 3, 1, 0]), Classes).to(torch.float32).view([3, 2, 1, Classes]);
        var changes = f.AtSingleChanges(z);
        changes.shape.ShouldBe([Classes - 1, 3, 2]);
        for (var o = 1; o < Classes; o++)
            foreach (var (fast, plain) in changes[o - 1].flatten().ToArray<float>().Zip(f.Evaluate(z.roll(o, -1)).flatten().ToArray<float>())) fast.ShouldBe(plain, 1e-3f);
    }

    // With the noise held fixed the enumerated objective is a function of the parameters: one direction in each tensor.
    [Fact]
    public void Objective_Enumerated_HasTheGradientOfFiniteDifferences()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var enumeration = new Enumeration();
        using var data = new Generator(3);
        var x = torch.rand([2, Pixels], torch.float64, generator: data);
        model.to(torch.float64);
        TrainingObjective At()
        {
            using var rng = new Generator(6);
            return model.Objective(x, enumeration, rng);
        }

        FiniteDifferences.ShouldAgree(model, At, tolerance: 1e-5, least: 1e-7);
    }

    // Image i of each class is that of the class and the i-th Gaussian, whichever class it is said to be of.
    [Theory]
    [InlineData("mlp")]
    [InlineData("convolution")]
    public void GenerateVariants_SameSeed_ShareTheGaussian(string network)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Model(network);
        using var rng = new Generator(5);
        var images = model.GenerateVariants(3, rng);
        images.shape.ShouldBe([Classes, 3, Pixels]);
        using var same = new Generator(5);
        var g = Heaviside.Distributions.Noise.Normal([3, 1, GaussianSize], images, same).expand([3, Classes, GaussianSize]);
        for (var k = 0; k < Classes; k++)
        {
            var z = torch.eye(Classes)[k].expand([3, Classes]);
            (model.Decode(z, g).sigmoid() - images[k]).abs().max().Number().ShouldBeLessThan(1e-5f);
        }

        (images[0] - images[1]).abs().max().Number().ShouldBeGreaterThan(1e-4f);
    }

    [Fact]
    public void Create_Settings_DecideTheLayers()
    {
        using var model = Model();
        string Of(string part) => string.Join(' ', model.named_parameters().Where(p => p.name.StartsWith(part, StringComparison.Ordinal) && p.name.EndsWith("weight", StringComparison.Ordinal)).Select(p => string.Join("x", p.parameter.shape)));
        Of("encoder").ShouldBe("5x3x4x4 6x5x4x4 200x24");
        Of("decoder").ShouldBe("24x2 24x4 6x5x4x4 5x3x4x4");
        model.InferenceParameters.Intersect(model.named_parameters().Where(p => p.name.StartsWith("decoder", StringComparison.Ordinal)).Select(p => p.parameter)).ShouldBeEmpty();
    }

    private static MixedVae Model(string network = "convolution")
    {
        using var rng = new Generator(4);
        var settings = new Settings([new("classes", $"{Classes}"), new("gaussian-size", $"{GaussianSize}"), new("network", network),
            .. network == "mlp" ? [] : new KeyValuePair<string, string>[] { new("channels", "[5, 6]") }]);
        var model = new MixedVae(new(3, Side, Side, Enumerable.Repeat(0.5f, Pixels).ToArray(), rng), settings.Fill(new MixedVaeOptions()));
        settings.EnsureAllRead();
        model.eval();
        return model;
    }
}
