using Heaviside.Kernels;
using Heaviside.Numerics;
using Heaviside.Structured;

namespace Heaviside.Distributions;

/// <summary>N bits that depend on each other: q(z) is proportional to exp(sum_i u_i z_i + sum_(i &lt; j) w_ij z_i z_j) over the
/// assignments that an oracle allows.</summary>
/// <remarks>
/// <para>Batch shape <c>[B]</c>, event shape <c>[N]</c>. The mode is the oracle's, for as many bits as it takes. Probabilities,
/// entropy and draws are exact, by summing over all assignments: for up to 4,194,304 of them.</para>
/// <para>As <see cref="IPerturbAndMap"/>: the best value after independent noise is added to the scores of single bits is a
/// draw of this law where bits are free and no pairs have scores. Otherwise it is not, only often near it: see
/// arXiv:1806.02867, section 4.1.</para>
/// </remarks>
public sealed class GibbsBits : DiscreteDistribution, IHasEntropy, IHasMode, IPerturbAndMap
{
    private readonly Tensor unary;
    private readonly Tensor? pairwise;
    private readonly ArgmaxOracle oracle;
    private readonly int bits;

    /// <summary>The law with given scores.</summary>
    /// <param name="unary">Score of each bit being 1 rather than 0, in nats, shape <c>[B, N]</c>, finite.</param>
    /// <param name="pairwise">Score of both bits of a pair being 1, in nats, shape <c>[B, N(N-1)/2]</c> in the order of
    /// <see cref="BitPairs"/>, finite; null: none.</param>
    /// <param name="oracle">Says which assignments there are and finds the best.</param>
    /// <exception cref="NonFiniteException">A score is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">A shape or the type of the scores does not fit, or the oracle takes no scores of pairs.</exception>
    public GibbsBits(Tensor unary, Tensor? pairwise, ArgmaxOracle oracle)
    {
        Shape.Require(unary, [-1, -1]);
        bits = (int)unary.size(1);
        if (pairwise is not null)
        {
            Shape.Require(pairwise, [unary.size(0), BitPairs.Count(bits)]);
            if (!oracle.TakesPairs) throw new ArgumentException($"pairwise: {oracle.GetType().Name} takes no scores of pairs", nameof(pairwise));
        }

        (this.unary, this.pairwise, this.oracle) = (Numbers.Finite(unary), pairwise is null ? null : Numbers.Finite(pairwise), oracle);
        JointValues = oracle.Assignments(bits);
    }

    /// <inheritdoc/>
    public override long[] BatchShape => unary.shape[..1];

    /// <inheritdoc/>
    public override long[] EventShape => [bits];

    /// <inheritdoc/>
    public override double JointValues { get; }

    /// <inheritdoc/>
    public override double LogJointValues => oracle.IsFree ? bits * Math.Log(2) : base.LogJointValues;

    /// <summary>The logarithm of the sum of exp(score) over all assignments, in nats: shape <c>[B]</c>.</summary>
    /// <exception cref="InvalidOperationException">There are more than 4,194,304.</exception>
    public Tensor LogPartition() => Scores().logsumexp(-1);

    /// <inheritdoc/>
    public Tensor Entropy() => CategoricalEntropy.ByOperators(Scores());

    /// <inheritdoc/>
    public Tensor Mode() => oracle.Maximize(unary, pairwise);

    // By inverting the distribution function over the assignments, in double precision: one of them may be very improbable.
    /// <inheritdoc/>
    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (shape, samples) = (FullShape(sampleShape), Shape.Elements(sampleShape));
        var upTo = Scores().to(ScalarType.Float64).softmax(-1).cumsum(-1);
        var u = torch.rand([unary.size(0), samples], ScalarType.Float64, unary.device, generator: rng) * upTo.narrow(-1, upTo.size(-1) - 1, 1);
        var drawn = torch.searchsorted(upTo, u, right: true).clamp_max(upTo.size(-1) - 1);
        return scope.MoveToOuter(Enumerate().index_select(0, drawn.transpose(0, 1).flatten()).reshape(shape));
    }

    /// <summary>Standard noise for the bits' scores, logistic where all assignments are allowed (the difference of the Gumbel
    /// variables of a bit's two values), otherwise Gumbel: shape <c>sampleShape + [B, N]</c>.</summary>
    public Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng) => oracle.IsFree
        ? Distributions.Noise.Logistic(FullShape(sampleShape), unary, rng)
        : Distributions.Noise.Gumbel(FullShape(sampleShape), unary, rng);

    /// <inheritdoc/>
    public Tensor Maximize(Tensor shift)
    {
        Shape.RequireSuffix(shift, unary.shape);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var scores = (unary + shift).reshape([-1, bits]);
        var pairs = pairwise?.expand([Shape.Elements(shift.shape.AsSpan(..^2)), .. pairwise.shape]).flatten(0, 1);
        return scope.MoveToOuter(oracle.Maximize(scores, pairs).reshape(shift.shape));
    }

    // h(z) = sum_i u_i z_i + sum_(i < j) w_ij z_i z_j
    /// <inheritdoc/>
    public Tensor Score(Tensor points)
    {
        Shape.RequireSuffix(points, unary.shape);
        var score = (points * unary).sum(-1);
        return pairwise is null ? score : score + (BitPairs.Products(points) * pairwise).sum(-1);
    }

    /// <summary>log q(z) = h(z) - log Z. Assignments that the oracle does not allow are not looked for: their probability is 0, whatever this says.</summary>
    protected override Tensor LogProbOf(Tensor value) => Score(value) - LogPartition();

    /// <inheritdoc/>
    protected override Tensor EnumerateValues() => oracle.Enumerate(bits).to(unary.dtype, unary.device);

    // The score of every assignment, [B, C]. With pairs by doubling, a bit at a time: given the bits before it, a bit that
    // is 1 adds its own score and those of its pairs with them, which is N times less work than a product with all pairs.
    private Tensor Scores()
    {
        var values = Enumerate();
        if (pairwise is null) return unary.MatMul(values.transpose(0, 1));
        var scores = torch.zeros([unary.size(0), 1], unary.dtype, unary.device);
        for (var k = 0; k < bits; k++)
        {
            var added = unary.narrow(1, k, 1);
            if (k > 0)
            {
                var before = values.narrow(0, 0, 1L << k).narrow(1, bits - k, k);
                var pairs = torch.stack([.. Enumerable.Range(0, k).Select(i => pairwise.select(1, BitPairs.Index(i, k, bits)))], 1);
                added += pairs.MatMul(before.transpose(0, 1));
            }

            scores = torch.stack([scores, scores + added], -1).flatten(1);
        }

        return scores;
    }
}
