using Heaviside.Distributions;

namespace Heaviside.Estimators.Controls;

/// <summary>One layer of a <see cref="RelaxedPath"/>; shapes <c>[S, B, N]</c> or <c>[S, B, N, K]</c>.</summary>
/// <param name="Law">The law of the layer given the hard samples of the one before; its logits carry gradients.</param>
/// <param name="Relaxable">The same law.</param>
/// <param name="Noise">Standard noise.</param>
/// <param name="Z">The perturbed logits, without a gradient.</param>
/// <param name="B">The hard samples H(z).</param>
internal sealed record StochasticStep(FactorialDistribution Law, IConditionallyRelaxable Relaxable, Tensor Noise, Tensor Z, Tensor B)
{
    /// <summary>d log q(b) / d logits = b - E[b].</summary>
    internal Tensor Score => B - Law.Mean.detach();
}
