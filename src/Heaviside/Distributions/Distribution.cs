using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>A probability law, or a batch of independent ones.</summary>
/// <remarks>A sample has shape <c>sampleShape + BatchShape + EventShape</c>; <see cref="LogProb"/> of it has shape
/// <c>sampleShape + BatchShape</c>. What a law can do beyond that is said by the interfaces it has:
/// <see cref="IReparameterized"/>, <see cref="IHasEntropy"/>, <see cref="IHasMode"/>. A law without a capability does
/// not compile where it is asked for.</remarks>
public abstract class Distribution
{
    /// <summary>The shape of the batch of laws.</summary>
    public abstract long[] BatchShape { get; }

    /// <summary>The shape of one draw from one law; empty for a number.</summary>
    public abstract long[] EventShape { get; }

    /// <summary>Draws without a gradient.</summary>
    /// <param name="sampleShape">How many draws; empty for one without a dimension of its own.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>sampleShape + BatchShape + EventShape</c>.</returns>
    public abstract Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng);

    /// <summary>The logarithm of the probability (discrete) or of the density (continuous), in nats.</summary>
    /// <param name="value">Shape <c>sampleShape + BatchShape + EventShape</c>.</param>
    /// <returns>Shape <c>sampleShape + BatchShape</c>.</returns>
    /// <exception cref="ArgumentException">The last dimensions are not <c>BatchShape + EventShape</c>.</exception>
    public Tensor LogProb(Tensor value)
    {
        Shape.RequireSuffix(value, [.. BatchShape, .. EventShape]);
        return LogProbOf(value);
    }

    /// <summary>The log-probability of values, summed over the last dimensions of its shape.</summary>
    internal virtual Tensor SumLogProb(Tensor value, int dimensions) => Shape.SumLast(LogProb(value), dimensions);

    /// <summary>The logarithm of the probability or density of a value whose shape has been checked.</summary>
    protected abstract Tensor LogProbOf(Tensor value);

    /// <summary><c>sampleShape + BatchShape + EventShape</c>.</summary>
    /// <exception cref="ArgumentException">A number of samples is negative.</exception>
    protected long[] FullShape(ReadOnlySpan<long> sampleShape) => [.. Shape.NotNegative(sampleShape), .. BatchShape, .. EventShape];
}
