using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>Stochastic layers, each given those before it: q(b_1) q(b_2 | b_1) ... q(b_n | b_1, ..., b_n-1).</summary>
/// <remarks>A point holds the values of all layers one after the other, <c>[P, B, N_1 + ... + N_n]</c> bits or
/// <c>[P, B, N_1 + ... + N_n, K]</c> categories; <see cref="Split"/> takes it apart. A law of one layer keeps its own shape.
/// To estimators that need samples and their probability only, a chain is a law like any other; others go through its layers.
/// The probability of points that the chain has just joined needs no second pass through the layers' maps.</remarks>
public sealed class StochasticChain : DiscreteDistribution
{
    private const int VariableDimension = 2;

    private readonly IReadOnlyList<StochasticLayer> later;
    private readonly LatestLaw?[] latest;
    private (Tensor Points, IReadOnlyList<Tensor> Path)? joined;

    /// <summary>A chain of a first law and the layers that follow it.</summary>
    /// <param name="first">The law of the first layer; batch shape <c>[B, N_1]</c> if others follow.</param>
    /// <param name="later">The others.</param>
    public StochasticChain(FactorialDistribution first, params IReadOnlyList<StochasticLayer> later)
    {
        first.RequireExamples();
        if (later.Count > 0 && first.BatchShape.Length != 2)
            throw new ArgumentException($"first: expected batch shape [B, N], got [{string.Join(", ", first.BatchShape)}]", nameof(first));
        (First, this.later, latest) = (first, later, new LatestLaw?[later.Count]);
    }

    /// <summary>The law of the first layer.</summary>
    public FactorialDistribution First { get; }

    /// <summary>The number of layers n.</summary>
    public int Layers => later.Count + 1;

    /// <summary>The shape of each layer's variables: <c>[N]</c> for bits, <c>[N, K]</c> for categories.</summary>
    public IReadOnlyList<long[]> LayerShapes =>
        [[.. First.BatchShape[1..], .. First.EventShape], .. later.Select(l => (long[])[l.Variables, .. First.EventShape])];

    /// <inheritdoc/>
    public override long[] BatchShape => Layers == 1 ? First.BatchShape : First.BatchShape[..1];

    /// <inheritdoc/>
    public override long[] EventShape => Layers == 1 ? First.EventShape : [First.BatchShape[1] + later.Sum(l => l.Variables), .. First.EventShape];

    /// <inheritdoc/>
    public override double JointValues => Layers == 1 ? First.JointValues : Math.Pow(First.ValuesPerFactor, EventShape[0]);

    /// <inheritdoc/>
    public override double LogJointValues => Layers == 1 ? First.LogJointValues : EventShape[0] * Math.Log(First.ValuesPerFactor);

    /// <summary>The shape of the variables of each layer of a chain, or of a single law.</summary>
    internal static IReadOnlyList<long[]> LayerShapesOf(DiscreteDistribution q) => q is StochasticChain chain ? chain.LayerShapes : [[.. q.BatchShape[1..], .. q.EventShape]];

    /// <summary>A law as a chain: a chain itself, or one of a single layer.</summary>
    /// <exception cref="ArgumentException">The law is neither a chain nor a product of factors.</exception>
    public static StochasticChain Of(DiscreteDistribution q) => q switch
    {
        StochasticChain chain => chain,
        FactorialDistribution law => new(law),
        _ => throw new ArgumentException($"q: expected a chain or a product of factors, got {q.GetType().Name}", nameof(q)),
    };

    /// <summary>The law of a layer given the points of the layers before it, of which there must be as many.</summary>
    /// <returns>Batch shape <c>[B, N_1]</c> for the first layer, which depends on no point, and <c>[P, B, N_i]</c> for others.</returns>
    public FactorialDistribution Law(IReadOnlyList<Tensor> before)
    {
        if (before.Count == 0) return First;
        ref var known = ref latest[before.Count - 1];
        if (known is not null && known.IsOf(before)) return known.Law;
        var (below, layer) = (before[^1], later[before.Count - 1]);
        var law = layer.Given(before);
        long[] expected = [below.size(0), below.size(1), layer.Variables];
        if (!law.BatchShape.SequenceEqual(expected))
            throw new ArgumentException($"layer {before.Count + 1}: expected a law of batch shape [{string.Join(", ", expected)}], got [{string.Join(", ", law.BatchShape)}]", nameof(before));
        known = new([.. before], torch.is_grad_enabled(), law);
        return law;
    }

    /// <summary>Goes through the layers from the first, or from where <paramref name="before"/> ends, to the last.</summary>
    /// <param name="samples">How many points P of each example.</param>
    /// <param name="draw">The points of a layer from its law; a law of batch shape [B, N] comes with sample shape [P], one of [P, B, N] with none.</param>
    /// <param name="before">The points of the layers that are there already.</param>
    /// <returns>The points of each layer, <c>[P, B, N_i]</c> or <c>[P, B, N_i, K]</c>.</returns>
    public IReadOnlyList<Tensor> Walk(long samples, Func<FactorialDistribution, ReadOnlySpan<long>, Tensor> draw, params IEnumerable<Tensor> before)
    {
        List<Tensor> path = [.. before];
        while (path.Count < Layers) path.Add(draw(Law(path), path.Count == 0 ? [samples] : []));
        return path;
    }

    /// <summary>The points of all layers as one tensor, shape <c>[P, B] + EventShape</c> for several.</summary>
    public Tensor Join(IReadOnlyList<Tensor> path)
    {
        if (Layers == 1) return path[0];
        var points = torch.cat([.. path], VariableDimension);
        joined = (points, [.. path]);
        return points;
    }

    /// <summary>The points of each layer.</summary>
    public IReadOnlyList<Tensor> Split(Tensor points)
    {
        if (Layers == 1) return [points];
        return joined is { } j && ReferenceEquals(j.Points, points)
            ? j.Path
            : points.split([First.BatchShape[1], .. later.Select(l => l.Variables)], VariableDimension);
    }

    /// <inheritdoc/>
    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng)
    {
        using var _ = torch.no_grad();
        if (Layers == 1) return First.Sample(sampleShape, rng);
        var samples = sampleShape.ToArray();
        var count = Shape.Elements(samples);
        return Join(Walk(count, (law, shape) => law.Sample(shape, rng))).reshape([.. samples, .. BatchShape, .. EventShape]);
    }

    /// <summary>The log-probability of the points of one layer given those before it, in nats.</summary>
    /// <param name="law">The law of the layer.</param>
    /// <param name="points">Shape <c>[P, B, N_i]</c> or <c>[P, B, N_i, K]</c>.</param>
    /// <returns>Shape <c>[P, B]</c>.</returns>
    public static Tensor LayerLogProb(DiscreteDistribution law, Tensor points) => law.SumLogProb(points, (int)points.dim() - law.EventShape.Length - 2);

    // log q(b_1) + log q(b_2 | b_1) + ...
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        if (Layers == 1) return First.LogProb(value);
        var path = Split(value.dim() == 1 + BatchShape.Length + EventShape.Length ? value : value.reshape([Shape.Elements(value.shape.AsSpan(..^(BatchShape.Length + EventShape.Length))), .. BatchShape, .. EventShape]));
        var each = Enumerable.Range(0, Layers).Select(i => LayerLogProb(Law([.. path.Take(i)]), path[i]));
        return each.Aggregate((a, b) => a + b).reshape(value.shape[..^EventShape.Length]);
    }

    // All layers take the same values: those of a single layer with as many variables.
    /// <inheritdoc/>
    protected override Tensor EnumerateValues() => Layers == 1 ? First.Enumerate() : First.EnumerateFactors((int)EventShape[0]);

    // A law that was computed without a gradient, or whose tensors are gone, is not that which is asked for.
    private sealed record LatestLaw(IReadOnlyList<Tensor> Before, bool HasGradient, FactorialDistribution Law)
    {
        internal bool IsOf(IReadOnlyList<Tensor> before) =>
            HasGradient == torch.is_grad_enabled() && !Law.Logits.IsInvalid && Before.SequenceEqual(before, ReferenceEqualityComparer.Instance);
    }
}
