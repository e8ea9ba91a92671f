using Heaviside.Distributions;

namespace Heaviside.Estimators.Controls;

/// <summary>f at the mean of a law, or at the mean field of a chain: each layer at its mean, given the mean of the layer before.</summary>
/// <param name="Means">The mean of each layer, <c>[1, B, N_i]</c> or <c>[1, B, N_i, K]</c>, without a gradient.</param>
/// <param name="Value">f there, <c>[1, B]</c>, without a gradient.</param>
/// <param name="Gradients">The derivative of f with respect to each mean, through the later layers too; shapes of the means.</param>
internal sealed record MeanField(IReadOnlyList<Tensor> Means, Tensor Value, IReadOnlyList<Tensor> Gradients)
{
    /// <summary>Evaluates f and its derivatives.</summary>
    internal static MeanField WithGradients(DiscreteDistribution q, Objective f)
    {
        var (means, value) = Evaluate(q, f);
        var gradients = Autograd.Grad([value.sum()], [.. means]);
        return new([.. means.Select(m => m.detach())], value.detach(), gradients);
    }

    /// <summary>Evaluates f alone.</summary>
    internal static Tensor ValueOf(DiscreteDistribution q, Objective f)
    {
        using var _ = torch.no_grad();
        return Evaluate(q, f).Value;
    }

    // The first mean is cut off from its logits; the later ones depend on it.
    private static (IReadOnlyList<Tensor> Means, Tensor Value) Evaluate(DiscreteDistribution q, Objective f)
    {
        var chain = q as StochasticChain;
        var first = ((IHasMean?)chain?.First ?? (IHasMean)q).Mean.detach().unsqueeze(0).requires_grad_(torch.is_grad_enabled());
        if (chain is null) return ([first], f.Evaluate(first));
        var means = chain.Walk(1, (law, _) => law.Mean, first);
        return (means, f.Evaluate(chain.Join(means)));
    }
}
