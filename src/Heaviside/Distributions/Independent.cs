using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>Takes the last dimensions of a batch of laws as one joint law of independent parts.</summary>
/// <remarks>Its log-probability, entropy and divergence are the sums over those dimensions. Entropy, mode and
/// reparameterized samples are there when the parts have them: <see cref="IndependentCapabilities"/>.</remarks>
/// <typeparam name="TParts">The law of the parts.</typeparam>
public sealed class Independent<TParts> : Independent
    where TParts : Distribution
{
    /// <summary>The joint law of parts.</summary>
    /// <param name="parts">The laws of the parts.</param>
    /// <param name="dimensions">How many dimensions at the end of its batch become part of the event; from 0 to all.</param>
    public Independent(TParts parts, int dimensions)
        : base(parts, dimensions) => Parts = parts;

    /// <summary>The laws of the parts.</summary>
    public TParts Parts { get; }
}

/// <summary>A joint law of independent parts of any kind.</summary>
public abstract class Independent : Distribution
{
    private readonly Distribution parts;

    private protected Independent(Distribution parts, int dimensions)
    {
        this.parts = parts;
        Dimensions = dimensions >= 0 && dimensions <= parts.BatchShape.Length
            ? dimensions
            : throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, $"must be from 0 to {parts.BatchShape.Length}");
    }

    /// <summary>How many dimensions of the parts' batch are part of the event.</summary>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public sealed override long[] BatchShape => parts.BatchShape[..^Dimensions];

    /// <inheritdoc/>
    public sealed override long[] EventShape => [.. parts.BatchShape[^Dimensions..], .. parts.EventShape];

    /// <inheritdoc/>
    public sealed override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng) => parts.Sample(sampleShape, rng);

    /// <inheritdoc/>
    protected sealed override Tensor LogProbOf(Tensor value) => parts.SumLogProb(value, Dimensions);

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Independent p, Independent q) =>
        Shape.SumLast(KullbackLeibler.Divergence(p.parts, q.parts), p.Dimensions);
}
