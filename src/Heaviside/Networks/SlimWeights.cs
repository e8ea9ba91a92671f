namespace Heaviside.Networks;

/// <summary>The initial weights of TF-slim: normal with variance 2.6 / fan in before truncation at two standard deviations, and biases of 0.</summary>
internal static class SlimWeights
{
    // The standard deviation is raised by this before truncation at two of them; the variance
    // of the truncated law is then 1.3 * 0.774 = 1.006 times the nominal one.
    private const double TruncationCorrection = 1.3;

    /// <summary>Gives the weights of layers these values, and biases 0.</summary>
    internal static void Initialize(IEnumerable<Tensor> parameters, Generator rng)
    {
        foreach (var parameter in parameters)
            if (parameter.dim() > 1) Scale(parameter, rng);
            else torch.nn.init.zeros_(parameter);
    }

    /// <summary>Fills a weight <c>[out, in]</c> with values of variance <paramref name="factor"/> / in.</summary>
    internal static void Scale(Tensor weight, Generator rng, double factor = 2)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var deviation = Math.Sqrt(TruncationCorrection * factor / weight.size(1));

        // The inverse distribution function of a uniform number between the tails.
        var tails = torch.special.ndtr(torch.tensor([-2.0, 2.0])).ToArray<double>();
        var uniform = torch.empty(weight.shape, ScalarType.Float64, rng.device).uniform_(tails[0], tails[1], rng);
        weight.copy_((Quantile(uniform) * deviation).clamp(-2 * deviation, 2 * deviation));
    }

    private static Tensor Quantile(Tensor p) => ((2 * p) - 1).erfinv() * Math.Sqrt(2);
}
