using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>A later layer of a <see cref="StochasticChain"/>.</summary>
/// <param name="Variables">How many variables N it has.</param>
/// <param name="Given">The law of the layer given points of the layer below, hard or relaxed: from <c>[P, B, M]</c> bits
/// (or <c>[P, B, M, K]</c> categories) to a law of batch shape <c>[P, B, N]</c>.</param>
public sealed record StochasticLayer(long Variables, Func<Tensor, FactorialDistribution> Given);
