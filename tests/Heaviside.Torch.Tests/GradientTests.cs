namespace Heaviside.Torch.Tests;

/// <summary>Every differentiable operator against central differences in float64.</summary>
public sealed class GradientTests
{
    // Central differences are wrong by some h^2 of truncation and 1e-16 / h of rounding.
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Names => [.. GradientCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_OfOperator_MatchesFiniteDifferences(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(3);
        var (function, makers) = GradientCases.All[name];
        var inputs = Array.ConvertAll(makers, make => make(rng).requires_grad_());
        var weights = torch.randn(function(inputs).shape, rng, torch.float64);
        Tensor Loss() => (function(inputs) * weights).sum();
        var gradients = torch.autograd.grad([Loss()], inputs);
        Compare(inputs, gradients, Loss);
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("mul")]
    [InlineData("div")]
    [InlineData("matmul")]
    [InlineData("softplus")]
    [InlineData("log_softmax")]
    [InlineData("logsumexp")]
    [InlineData("conv2d")]
    [InlineData("conv_transpose2d")]
    [InlineData("batch_norm training")]
    [InlineData("binary_cross_entropy_with_logits")]
    [InlineData("linalg_solve")]
    [InlineData("linalg_cholesky")]
    [InlineData("gather")]
    public void Backward_OfGradient_MatchesFiniteDifferences(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(4);
        var (function, makers) = GradientCases.All[name];
        var inputs = Array.ConvertAll(makers, make => make(rng).requires_grad_());
        var weights = torch.randn(function(inputs).shape, rng, torch.float64);
        var directions = Array.ConvertAll(inputs, x => torch.randn(x.shape, rng, torch.float64));

        // The derivative of the weighted output along random directions, squared so that it is never linear.
        Tensor Slope()
        {
            var gradients = torch.autograd.grad([(function(inputs) * weights).sum().square()], inputs, create_graph: true);
            return torch.stack([.. gradients.Zip(directions, (g, d) => (g * d).sum())]).sum();
        }

        var second = torch.autograd.grad([Slope()], inputs);
        Compare(inputs, second, Slope);
    }

    private static void Compare(Tensor[] inputs, Tensor[] gradients, Func<Tensor> loss)
    {
        for (var k = 0; k < inputs.Length; k++)
        {
            var analytic = gradients[k].ToArray<double>();
            var elements = inputs[k].AsSpan<double>();
            analytic.Length.ShouldBe(elements.Length);
            for (var i = 0; i < analytic.Length; i++)
            {
                var (x, h) = (elements[i], Step * Math.Max(1, Math.Abs(elements[i])));
                elements[i] = x + h;
                var above = Evaluate(loss);
                elements[i] = x - h;
                var below = Evaluate(loss);
                elements[i] = x;
                var numeric = (above - below) / (2 * h);
                var scale = Math.Max(1, Math.Max(Math.Abs(above), Math.Abs(numeric)));
                analytic[i].ShouldBe(numeric, Tolerance * scale, $"input {k}, element {i}");
            }
        }
    }

    private static double Evaluate(Func<Tensor> loss)
    {
        using var scope = torch.NewDisposeScope();
        return loss().item<double>();
    }
}
