
namespace Heaviside.Distributions;

/// <summary>A law with an entropy in closed form.</summary>
public interface IHasEntropy
{
    /// <summary>The entropy in nats (differential for continuous laws). Shape <c>BatchShape</c>.</summary>
    Tensor Entropy();
}
