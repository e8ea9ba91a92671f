using Heaviside.Kernels;
using Heaviside.Numerics;
using Heaviside.Structured;

namespace Heaviside.Distributions;

/// <summary>The spanning tree, or another structure of N bits, with the largest sum of logits and standard Gumbel noise, one noise for each bit.</summary>
/// <remarks>
/// <para>Batch shape <c>[B]</c>, event shape <c>[N]</c>. Its relaxation is the marginals of the structure's Gibbs law at (logits + noise) / temperature,
/// for structures whose sums are known (<see cref="SummableStructure"/>).</para>
/// <para>It is not the Gibbs law of the logits: of three edges of weights 1, 2 and 3, the trees have the probabilities 0.15, 0.267 and 0.583, and those of
/// <see cref="GibbsStructure"/> are 0.182, 0.273 and 0.545. Its probabilities have no closed form, so that estimators that need one refuse it.</para>
/// <para>References: Papandreou, Yuille 2011, doi:10.1109/ICCV.2011.6126242; Paulus, Choi, Tarlow, Krause, Maddison 2020, arXiv:2006.08063.</para>
/// </remarks>
/// <example><code>
/// var q = new PerturbedStructure(logits, new SpanningTree());   // [B, 45]: trees on 10 vertices
/// var estimate = new StraightThroughGumbelSoftmax { Temperature = 1 }.Estimate(q, Objective.Differentiable(f), rng);
/// </code></example>
public sealed class PerturbedStructure : DiscreteDistribution, IHasLogits, IRelaxable
{
    private readonly StructureOracle structure;

    /// <summary>The law with given logits.</summary>
    /// <param name="logits">Score of each bit being 1 rather than 0, in nats, shape <c>[B, N]</c>, finite.</param>
    /// <param name="structure">Says which assignments there are and finds the best, such as <see cref="SpanningTree"/> or <see cref="TopK"/>.</param>
    /// <exception cref="NonFiniteException">A logit is NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The shape or the type of the logits is another, or the structure has no assignment of N bits.</exception>
    public PerturbedStructure(Tensor logits, StructureOracle structure)
    {
        Shape.Require(logits, [-1, -1]);
        (Logits, this.structure, JointValues) = (Numbers.Finite(logits), structure, structure.Assignments((int)logits.size(1)));
    }

    /// <summary>How far below the largest of an example's z / temperature another one counts in the relaxation, in nats, more than 0; default infinite.</summary>
    /// <remarks>The code that is published with arXiv:2006.08063 has 15. With a limit the relaxation does not become the structure as the temperature goes to 0.</remarks>
    public double Range { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Range), value, "must be more than 0"); } = double.PositiveInfinity;

    /// <inheritdoc/>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public Tensor Location => Logits;

    /// <inheritdoc/>
    public override long[] BatchShape => Logits.shape[..1];

    /// <inheritdoc/>
    public override long[] EventShape => Logits.shape[1..];

    /// <inheritdoc/>
    public override double JointValues { get; }

    private SummableStructure Sums => structure as SummableStructure
        ?? throw new UnsupportedException($"a relaxation needs a structure with sums over its assignments (SummableStructure), which {structure.GetType().Name} is not");

    /// <inheritdoc/>
    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng) => Maximize(Noise(sampleShape, rng));

    /// <inheritdoc/>
    public Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng) => Distributions.Noise.Gumbel(FullShape(sampleShape), Logits, rng);

    /// <inheritdoc/>
    public Tensor Maximize(Tensor shift)
    {
        using var _ = torch.no_grad();
        return Threshold(Perturb(shift));
    }

    /// <inheritdoc/>
    public Tensor Score(Tensor points)
    {
        Shape.RequirePoints(points);
        Shape.RequireSuffix(points, Logits.shape);
        return (points * Logits).sum(-1);
    }

    /// <inheritdoc/>
    public Tensor Perturb(Tensor noise)
    {
        Shape.RequireSuffix(noise, Logits.shape);
        return Logits + noise;
    }

    /// <inheritdoc/>
    public Tensor Threshold(Tensor z)
    {
        using var rows = z.detach().reshape([-1, z.size(-1)]);
        return structure.Maximize(rows).reshape(z.shape);
    }

    /// <summary>The marginals of the Gibbs law at z / temperature. Shape of z.</summary>
    /// <exception cref="UnsupportedException">The structure is no <see cref="SummableStructure"/>.</exception>
    public Tensor Soften(Tensor z, double temperature = 1)
    {
        var scores = z / TemperatureRange.Require(temperature);
        return Sums.Marginals(double.IsFinite(Range) ? scores.maximum(scores.amax([-1], keepdim: true) - Range) : scores);
    }

    /// <inheritdoc/>
    public IReparameterized Relax(double temperature)
    {
        _ = Sums; // refused here, not at the first draw
        return new Relaxed(this, TemperatureRange.Require(temperature));
    }

    /// <summary>There is none in closed form.</summary>
    /// <exception cref="UnsupportedException">Always.</exception>
    protected override Tensor LogProbOf(Tensor value) =>
        throw new UnsupportedException("a PerturbedStructure has no probability in closed form, which score functions and sums over all values need; GibbsStructure has one");

    /// <inheritdoc/>
    protected override Tensor EnumerateValues() => structure.Enumerate((int)EventShape[0]).to(Logits.dtype, Logits.device);

    private sealed class Relaxed(PerturbedStructure law, double temperature) : IReparameterized
    {
        public Tensor RSample(ReadOnlySpan<long> sampleShape, Generator rng) => law.Soften(law.Perturb(law.Noise(sampleShape, rng)), temperature);
    }
}
