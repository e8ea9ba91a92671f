using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>What a joint law can do because its parts can.</summary>
public static class IndependentCapabilities
{
    /// <summary>The entropy in nats, shape <c>BatchShape</c>.</summary>
    public static Tensor Entropy<TParts>(this Independent<TParts> law)
        where TParts : Distribution, IHasEntropy =>
        Shape.SumLast(law.Parts.Entropy(), law.Dimensions);

    /// <summary>The most probable value, shape <c>BatchShape + EventShape</c>.</summary>
    public static Tensor Mode<TParts>(this Independent<TParts> law)
        where TParts : Distribution, IHasMode =>
        law.Parts.Mode();

    /// <summary>Draws with a gradient to the parameters of the parts, shape <c>sampleShape + BatchShape + EventShape</c>.</summary>
    public static Tensor RSample<TParts>(this Independent<TParts> law, ReadOnlySpan<long> sampleShape, Generator rng)
        where TParts : Distribution, IReparameterized =>
        law.Parts.RSample(sampleShape, rng);
}
