
namespace Heaviside.Distributions;

/// <summary>A continuous law that draws by transforming noise: its samples are its reparameterized samples without the gradient.</summary>
public abstract class ReparameterizedDistribution : Distribution, IReparameterized
{
    /// <inheritdoc/>
    public abstract Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng);

    /// <inheritdoc/>
    public sealed override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        return RSample(sampleShape, rng);
    }
}
