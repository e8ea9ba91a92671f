using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>The logistic law: location + scale * (log u - log(1 - u)), u uniform.</summary>
/// <param name="location">The mean, shape <c>BatchShape</c>.</param>
/// <param name="scale">Greater than 0, same shape.</param>
public sealed class Logistic(Tensor location, Tensor scale) : Distribution, IReparameterized, IHasEntropy, IHasMode
{
    /// <inheritdoc/>
    public override long[] BatchShape => location.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor Sample(Longs sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        return RSample(sampleShape, rng);
    }

    /// <inheritdoc/>
    public Tensor RSample(Longs sampleShape, Generator rng) => location + (scale * Noise.Logistic(FullShape(sampleShape), location, rng));

    /// <inheritdoc/>
    public Tensor Entropy() => scale.log() + 2.0;

    /// <inheritdoc/>
    public Tensor Mode() => location;

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        Shape.RequireSame(location, scale);
        var z = (value - location) / scale;
        return -z - (2 * (-z).softplus()) - scale.log();
    }
}
