using Heaviside.Networks;

namespace Heaviside.Tests.Networks;

public class ResidualBlockTests
{
    private static double Elu(double x) => x > 0 ? x : Math.Exp(x) - 1;

    // On one pixel a convolution with a border is its kernel's middle.
    [Theory]
    [InlineData(0.8)]
    [InlineData(-2.5)]
    public void Forward_OnePixel_IsWhatTheFormulaSays(double x)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(3);
        using var block = new ResidualBlock(1, 1, () => torch.nn.ELU(), rng);
        block.to(torch.float64);
        block.eval();
        var state = block.state_dict();
        void Set(string name, double value) => state[name].fill_(value);
        Set("residual.1.running_mean", 0.3);
        Set("residual.1.running_var", 4 - 1e-5);
        Set("residual.1.weight", 1.5);
        Set("residual.4.running_var", 0.25 - 1e-5);
        Set("residual.4.bias", -0.2);
        double Middle(string name) => state[name].ToArray<double>()[4];

        var hidden = Elu((((Middle("residual.0.weight") * x) - 0.3) / 2 * 1.5) + 0);
        var residual = (Middle("residual.3.weight") * hidden / 0.5) - 0.2;
        block.call(torch.tensor([x], [1, 1, 1, 1])).Number().ShouldBe(Elu(residual + x), 1e-12);
        state.Keys.ShouldNotContain(k => k.StartsWith("shortcut", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 7, 5, 7, 5)]
    [InlineData(2, 7, 5, 3, 2)]
    [InlineData(2, 14, 28, 7, 14)]
    [InlineData(3, 8, 6, 2, 2)]
    public void Forward_AnyStride_DividesTheSizeRoundedDown(long stride, long height, long width, long newHeight, long newWidth)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        using var block = new ResidualBlock(2, 3, () => torch.nn.ReLU(), rng, stride);
        var result = block.call(torch.randn([4, 2, height, width], generator: rng));
        result.shape.ShouldBe([4, 3, newHeight, newWidth]);
        result.sum().backward();
        foreach (var (name, parameter) in block.named_parameters()) parameter.grad.ShouldNotBeNull(name);
    }
}
