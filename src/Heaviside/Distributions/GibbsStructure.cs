using Heaviside.Kernels;
using Heaviside.Numerics;
using Heaviside.Structured;

namespace Heaviside.Distributions;

/// <summary>A spanning tree, or another structure z of N bits, with a probability proportional to exp(sum_i l_i z_i).</summary>
/// <remarks>
/// <para>Batch shape <c>[B]</c>, event shape <c>[N]</c>. Draws, probabilities, marginals and entropy are exact, at a cost that is polynomial in N;
/// they are computed in double precision in CPU memory, for logits that are up to 1e8 apart. Bits that no assignment of the structure has together are not
/// looked for: their probability is 0, whatever <see cref="Distribution.LogProb"/> says.</para>
/// <para>With Gumbel noise on the logits the best structure has another law: <see cref="PerturbedStructure"/>.</para>
/// </remarks>
/// <example><code>
/// var q = new GibbsStructure(logits, new SpanningTree());   // [B, 45]: trees on 10 vertices
/// var estimate = new Reinforce { Samples = 4 }.Estimate(q, Objective.BlackBox(f), rng);
/// </code></example>
public sealed class GibbsStructure : DiscreteDistribution, IHasEntropy, IHasLogits, IHasMean, IHasMode
{
    private readonly SummableStructure structure;

    /// <summary>The law with given logits.</summary>
    /// <param name="logits">Score of each bit being 1 rather than 0, in nats, shape <c>[B, N]</c>, finite.</param>
    /// <param name="structure">Says which assignments there are, such as <see cref="SpanningTree"/> or <see cref="TopK"/>.</param>
    /// <exception cref="NonFiniteException">A logit is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The shape or the type of the logits is another, or the structure has no assignment of N bits.</exception>
    public GibbsStructure(Tensor logits, SummableStructure structure)
    {
        Shape.Require(logits, [-1, -1]);
        (Logits, this.structure, JointValues) = (Numbers.Finite(logits), structure, structure.Assignments((int)logits.size(1)));
    }

    /// <inheritdoc/>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public override long[] BatchShape => Logits.shape[..1];

    /// <inheritdoc/>
    public override long[] EventShape => Logits.shape[1..];

    /// <inheritdoc/>
    public override double JointValues { get; }

    /// <inheritdoc/>
    public override double LogJointValues => double.IsFinite(JointValues) ? base.LogJointValues : structure.LogPartition(torch.zeros(EventShape, ScalarType.Float64)).Number();

    /// <summary>The probability of each bit to be 1, differentiable. Shape <c>[B, N]</c>.</summary>
    public Tensor Mean => structure.Marginals(Logits);

    private Tensor Exact => Logits.to(ScalarType.Float64, torch.CPU);

    /// <summary>The logarithm of the sum of exp(score) over all assignments, in nats: shape <c>[B]</c>.</summary>
    public Tensor LogPartition() => structure.LogPartition(Logits);

    // log Z - sum_i p_i l_i, a small difference of large numbers where the law is nearly certain.
    /// <inheritdoc/>
    public Tensor Entropy()
    {
        var logits = Exact;
        return (structure.LogPartition(logits) - (structure.Marginals(logits) * logits).sum(-1)).clamp_min(0).to(Logits.dtype, Logits.device);
    }

    /// <inheritdoc/>
    public Tensor Mode() => structure.Maximize(Logits);

    /// <inheritdoc/>
    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng) =>
        structure.Sample(Logits, Shape.Elements(Shape.NotNegative(sampleShape)), rng).reshape(FullShape(sampleShape));

    // sum_i l_i z_i - log Z, as exact as the entropy.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var logits = Exact;
        var score = (value.to(ScalarType.Float64, torch.CPU) * logits).sum(-1);
        return (score - structure.LogPartition(logits)).to(Logits.dtype, Logits.device);
    }

    /// <inheritdoc/>
    protected override Tensor EnumerateValues() => structure.Enumerate((int)EventShape[0]).to(Logits.dtype, Logits.device);
}
