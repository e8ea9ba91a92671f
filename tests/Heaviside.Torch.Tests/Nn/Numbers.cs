namespace Heaviside.Torch.Tests.Nn;

/// <summary>What the layer tests share: inputs, comparison, and the derivative by its definition.</summary>
internal static class Numbers
{
    /// <summary>Smooth, distinct float64 values in [-2, 2] that no layer maps to a kink.</summary>
    internal static Tensor Wave(params long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++) values[i] = 2 * Math.Sin(1.7 * i + 0.4);
        return torch.tensor(values, shape);
    }

    /// <summary>Every element within a relative <paramref name="tolerance"/>; below one it is absolute.</summary>
    internal static void ShouldBeNear(this Tensor actual, Tensor expected, double tolerance = 1e-12)
    {
        actual.shape.ShouldBe(expected.shape);
        actual.ToArray<double>().ShouldBeNear(expected.ToArray<double>(), tolerance);
    }

    internal static void ShouldBeNear(this double[] actual, double[] expected, double tolerance = 1e-12, string? what = null)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what} element {i}");
    }

    /// <summary>Compares the gradients of a scalar with central differences, in float64.</summary>
    internal static void GradientsShouldMatchDifferences(Func<Tensor> loss, params Tensor[] leaves)
    {
        const double Step = 1e-5;
        foreach (var leaf in leaves) leaf.requires_grad_();
        var gradients = torch.autograd.grad([loss()], leaves);
        for (var k = 0; k < leaves.Length; k++)
        {
            var differences = new double[leaves[k].numel()];
            for (var i = 0; i < differences.Length; i++)
            {
                var value = leaves[k].AsSpan<double>()[i];
                leaves[k].AsSpan<double>()[i] = value + Step;
                var above = loss().item<double>();
                leaves[k].AsSpan<double>()[i] = value - Step;
                var below = loss().item<double>();
                leaves[k].AsSpan<double>()[i] = value;
                differences[i] = (above - below) / (2 * Step);
            }

            // The step leaves an error of its square times a third derivative, and rounding of about 1e-16 / step.
            gradients[k].ToArray<double>().ShouldBeNear(differences, 1e-7, $"leaf {k}");
        }
    }

    /// <summary>A scalar in which every element has a weight of its own, so that no permutation of a gradient goes unseen.</summary>
    internal static Tensor Weighted(Tensor output)
    {
        var weights = torch.arange(1, output.numel() + 1, 1, torch.float64).mul(0.37).cos();
        return (output.reshape(-1) * weights).sum();
    }
}
