
namespace Heaviside.Distributions;

/// <summary>A law whose draws are a differentiable function of its parameters and of noise that does not depend on them.</summary>
public interface IReparameterized
{
    /// <summary>Draws with a gradient to the parameters.</summary>
    /// <returns>Shape <c>sampleShape + BatchShape + EventShape</c>.</returns>
    Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng);
}
