
namespace Heaviside.Distributions;

/// <summary>A later layer of a <see cref="StochasticChain"/>.</summary>
/// <param name="Variables">How many variables N it has.</param>
/// <param name="Given">The law of the layer given points of the layers before it, the first layer's first, hard or relaxed: from
/// <c>[P, B, M]</c> bits (or <c>[P, B, M, K]</c> categories) each to a law of batch shape <c>[P, B, N]</c>.</param>
public sealed record StochasticLayer(long Variables, Func<IReadOnlyList<Tensor>, FactorialDistribution> Given)
{
    /// <summary>A layer that depends on none but the one before it.</summary>
    /// <param name="variables">How many variables N it has.</param>
    /// <param name="given">The law of the layer given points of the layer before it.</param>
    public StochasticLayer(long variables, Func<Tensor, FactorialDistribution> given)
        : this(variables, (IReadOnlyList<Tensor> before) => given(before[^1]))
    {
    }
}
