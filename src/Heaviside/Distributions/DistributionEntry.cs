
namespace Heaviside.Distributions;

/// <summary>A law in the catalogue.</summary>
/// <param name="Name">Its name in kebab case.</param>
/// <param name="Example">A batch of such laws made from real numbers of shape [B, K].</param>
/// <param name="SupportMoves">Whether the values that are possible depend on the parameters, so that the mean of the score is not 0.</param>
/// <param name="HasLogProb">Whether the probability of a value is known; where it is not, asking for it throws an <see cref="UnsupportedException"/>.</param>
public sealed record DistributionEntry(string Name, Func<Tensor, Distribution> Example, bool SupportMoves = false, bool HasLogProb = true);
