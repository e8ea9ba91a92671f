using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>Takes the last dimensions of a batch of laws as one joint law of independent parts.</summary>
/// <remarks>Its log-probability, entropy and divergence are the sums over those dimensions.</remarks>
/// <param name="parts">The laws of the parts.</param>
/// <param name="dimensions">How many dimensions at the end of its batch become part of the event; from 0 to all.</param>
public sealed class Independent(Distribution parts, int dimensions) : Distribution
{
    private readonly int dimensions = dimensions >= 0 && dimensions <= parts.BatchShape.Length
        ? dimensions
        : throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, $"must be from 0 to {parts.BatchShape.Length}");

    /// <inheritdoc/>
    public override long[] BatchShape => parts.BatchShape[..^dimensions];

    /// <inheritdoc/>
    public override long[] EventShape => [.. parts.BatchShape[^dimensions..], .. parts.EventShape];

    internal Distribution Parts => parts;

    /// <inheritdoc/>
    public override Tensor Sample(Longs sampleShape, Generator rng) => parts.Sample(sampleShape, rng);

    /// <summary>The entropy in nats, shape <c>BatchShape</c>.</summary>
    /// <exception cref="NotSupportedException">The parts have no entropy in closed form.</exception>
    public Tensor Entropy() => Shape.SumLast(Capability<IHasEntropy>().Entropy(), dimensions);

    /// <summary>The most probable value, shape <c>BatchShape + EventShape</c>.</summary>
    /// <exception cref="NotSupportedException">The parts have no mode.</exception>
    public Tensor Mode() => Capability<IHasMode>().Mode();

    /// <summary>Draws with a gradient to the parameters of the parts.</summary>
    /// <returns>Shape <c>sampleShape + BatchShape + EventShape</c>.</returns>
    /// <exception cref="NotSupportedException">The parts are discrete.</exception>
    public Tensor RSample(Longs sampleShape, Generator rng) => Capability<IReparameterized>().RSample(sampleShape, rng);

    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value) => Shape.SumLast(parts.LogProb(value), dimensions);

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Independent p, Independent q)
    {
        if (p.EventShape.Length != q.EventShape.Length) throw new ArgumentException($"q: expected {p.EventShape.Length} event dimensions, got {q.EventShape.Length}", nameof(q));
        return Shape.SumLast(KullbackLeibler.Divergence(p.Parts, q.Parts), p.dimensions);
    }

    private TCapability Capability<TCapability>()
        where TCapability : class =>
        parts as TCapability ?? throw new NotSupportedException($"{parts.GetType().Name} has no {typeof(TCapability).Name[1..]}");
}
