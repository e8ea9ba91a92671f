using Heaviside.Distributions;

namespace Heaviside.Estimators.Controls;

/// <summary>f at the mean field of a chain: each layer at its mean, given the mean of the layer before.</summary>
/// <param name="Means">The mean of each layer, <c>[1, B, N_i]</c> or <c>[1, B, N_i, K]</c>, without a gradient.</param>
/// <param name="Value">f there, <c>[1, B]</c>, without a gradient.</param>
/// <param name="Gradients">The derivative of f with respect to each mean, through the later layers too; shapes of the means.</param>
internal sealed record MeanField(IReadOnlyList<Tensor> Means, Tensor Value, IReadOnlyList<Tensor> Gradients)
{
    /// <summary>Evaluates f and its derivatives.</summary>
    internal static MeanField WithGradients(StochasticChain chain, Objective f)
    {
        var (means, value) = Evaluate(chain, f);
        var gradients = Autograd.Grad([value.sum()], [.. means]);
        return new([.. means.Select(m => m.detach())], value.detach(), gradients);
    }

    /// <summary>Evaluates f alone.</summary>
    internal static Tensor ValueOf(StochasticChain chain, Objective f)
    {
        using var _ = torch.no_grad();
        return Evaluate(chain, f).Value;
    }

    // The first mean is cut off from its logits; the later ones depend on it.
    private static (IReadOnlyList<Tensor> Means, Tensor Value) Evaluate(StochasticChain chain, Objective f)
    {
        var first = chain.First.Mean.detach().unsqueeze(0).requires_grad_(torch.is_grad_enabled());
        var means = chain.Walk(1, (law, _) => law.Mean, first);
        return (means, f.Evaluate(chain.Join(means)));
    }
}
