using Heaviside.Networks;
using Heaviside.Optimizers;
using Heaviside.Regularizers;

namespace Heaviside.Tests.Regularizers;

public class StableLayerTests
{
    [Fact]
    public void Hard_Bits_AreThresholdedAtAHalf()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new StableBits(torch.nn.Sigmoid());
        layer.Hard(torch.tensor([-3.0, -0.01, 0, 0.01, 3], [1, 5])).ToArray<double>().ShouldBe([0, 0, 0, 1, 1]);
    }

    [Fact]
    public void Hard_Categories_AreTheLargestTheFirstOfEquals()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new StableCategories(torch.nn.Softmax(-1));
        layer.Hard(torch.tensor([1.0, 2, 0, 5, 5, 5], [2, 3])).ToArray<double>().ShouldBe([0, 1, 0, 1, 0, 0]);
    }

    // A network between a continuous input and a target that a bit can reach only on average.
    [Fact]
    public void Train_ToADiscreteTarget_EndsWithHardOutputsNearTheSoftOnes()
    {
        using var rng = new Generator(3);
        using var layer = new StableBits(torch.nn.Sequential(Layers.Linear(2, 16, rng), torch.nn.Tanh(), Layers.Linear(16, 1, rng), torch.nn.Sigmoid()));
        using var adam = new Adam([new ParameterGroup(layer.parameters())], lr: 0.01);
        for (var step = 0; step < 400; step++)
        {
            using var scope = torch.NewDisposeScope();
            var z = 3 * torch.randn([200, 2], generator: rng);
            var stable = layer.Stabilize(z, rng);
            adam.zero_grad();
            ((stable.Output.mean() - 0.5).square() - stable.Maximand).backward();
            adam.step();
        }

        using var end = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var test = 3 * torch.randn([2000, 2], generator: rng);
        (layer.Soft(test) - layer.Hard(test)).abs().mean().Number().ShouldBeLessThan(0.05);
    }
}
