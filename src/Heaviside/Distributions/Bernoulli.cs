using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>A bit in {0, 1} that is 1 with probability sigmoid(logit).</summary>
/// <remarks>Batch shape: that of the logits. Probabilities of exactly 0 and 1 (infinite logits) are allowed: the logarithm
/// of the probability 0 is -1e30, so that no value and no gradient is infinite or NaN.</remarks>
/// <param name="logits">Log-odds, shape <c>[B, ...]</c>; not NaN.</param>
/// <exception cref="NonFiniteException">A logit is NaN.</exception>
/// <exception cref="ArgumentException">The logits are neither in single nor in double precision.</exception>
public sealed class Bernoulli(Tensor logits) : FactorialDistribution, IConditionallyRelaxable
{
    private readonly Tensor logits = Numbers.NotNaN(logits);

    /// <inheritdoc/>
    public override Tensor Logits => logits;

    /// <inheritdoc/>
    public override long[] BatchShape => logits.shape;

    /// <inheritdoc/>
    public override long[] EventShape => [];

    /// <inheritdoc/>
    public override Tensor Mean => logits.sigmoid();

    /// <inheritdoc/>
    public override long ValuesPerFactor => 2;

    private Tensor FiniteLogits => logits.clamp(-Precision.Infinite, Precision.Infinite);

    /// <summary>The law with given probabilities of 1, each in [0, 1]; one of exactly 0 or 1 gets no gradient.</summary>
    /// <exception cref="ArgumentException">A number is beyond [0, 1] by more than rounding, 1e-6.</exception>
    /// <exception cref="NonFiniteException">A number is NaN or infinite.</exception>
    public static Bernoulli FromProbs(Tensor probs)
    {
        Numbers.Probabilities(probs);
        var inner = probs.clamp(Precision.Smallest(probs), 1 - Precision.Epsilon(probs)).logit();
        return new(torch.where(probs.le(0), double.NegativeInfinity, torch.where(probs.ge(1), double.PositiveInfinity, inner)));
    }

    /// <inheritdoc/>
    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng)
    {
        // In double precision a probability far below 2^-24 keeps its meaning; one of 0 or 1 is certain.
        using var _ = torch.no_grad();
        using var u = torch.rand(FullShape(sampleShape), ScalarType.Float64, logits.device, generator: rng);
        using var p = Mean.to(ScalarType.Float64);
        using var below = u.lt(p);
        return below.to(logits.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Mode() => logits.detach().gt(0).to(logits.dtype);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        var l = FiniteLogits;
        var ofRarer = torch.where(l.gt(0), -l, l); // both terms are positive then
        return ofRarer.softplus() - (ofRarer * ofRarer.sigmoid());
    }

    /// <summary>The relaxed law of arXiv:1611.00712.</summary>
    public IReparameterized Relax(double temperature) => new RelaxedBernoulli(logits, temperature);

    /// <inheritdoc/>
    public Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng) => Distributions.Noise.Logistic(FullShape(sampleShape), logits, rng);

    /// <inheritdoc/>
    public Tensor Maximize(Tensor shift)
    {
        Shape.RequireSuffix(shift, BatchShape);
        using var _ = torch.no_grad();
        return Threshold(logits + Numbers.NotNaN(shift));
    }

    /// <inheritdoc/>
    public Tensor Score(Tensor points)
    {
        RequireExamples();
        Shape.RequirePoints(points);
        Shape.RequireSuffix(points, BatchShape);
        return Shape.SumLast(points * FiniteLogits, points.shape.Length - 2);
    }

    /// <inheritdoc/>
    public Tensor Location => FiniteLogits;

    /// <inheritdoc/>
    public Tensor Perturb(Tensor noise)
    {
        Shape.RequireSuffix(noise, BatchShape);
        return FiniteLogits + noise;
    }

    /// <inheritdoc/>
    public Tensor Threshold(Tensor z) => z.detach().gt(0).to(z.dtype);

    /// <inheritdoc/>
    public Tensor Soften(Tensor z, double temperature = 1) => temperature == 1 ? z.sigmoid() : (z / TemperatureRange.Require(temperature)).sigmoid();

    // With s = 2b - 1: |z| = softplus(noise + softplus(s logit)), the paper's log(1 + v / (1 - v) / q(b)).
    /// <inheritdoc/>
    public Tensor PerturbGiven(Tensor b, Tensor noise)
    {
        Shape.RequireSuffix(b, BatchShape);
        Shape.Same(b, noise);
        var s = (2 * b) - 1;
        return s * (noise + (s * FiniteLogits).softplus()).softplus();
    }

    /// <inheritdoc/>
    public Tensor Pullback(Tensor gradient) => gradient;

    // dz/dl = sigmoid(noise + softplus(s l)) sigmoid(s l), and the first factor is 1 - e^-|z|.
    /// <inheritdoc/>
    public Tensor PullbackGiven(Tensor b, Tensor z, Tensor gradient)
    {
        using var scope = torch.NewDisposeScope();
        Tensor slope;
        using (torch.no_grad()) slope = -(-z.abs()).expm1() * (((2 * b) - 1) * FiniteLogits).sigmoid();
        return scope.MoveToOuter(slope * gradient);
    }

    /// <inheritdoc/>
    internal override Tensor SumLogProb(Tensor value, int dimensions)
    {
        if (dimensions != 1 || BatchShape.Length == 0) return base.SumLogProb(value, dimensions);
        Shape.RequireSuffix(value, BatchShape);
        return BernoulliLogLikelihood.Of(value, logits);
    }

    // log sigmoid(l) for 1, log sigmoid(-l) for 0, linear in between as relaxed points need it.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value) => BernoulliLogLikelihood.OfEach(value, FiniteLogits);

    /// <inheritdoc/>
    protected override Tensor FactorValues() => torch.arange(2, logits.dtype, logits.device);

    // log(1 + e^m) - log(1 + e^l) - s (m - l), with l and m the log-odds of p's rarer value and s its probability: what is large has one sign
    // then. Where m is near l, the difference of the logarithms is log(1 + s (e^(m - l) - 1)).
    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Bernoulli p, Bernoulli q)
    {
        var isOne = p.logits.gt(0);
        Tensor OfRarer(Tensor logits) => torch.where(isOne, -logits, logits);
        var (l, m) = (OfRarer(p.FiniteLogits), OfRarer(q.FiniteLogits));
        var (s, d) = (l.sigmoid(), m - l);
        var near = (s * d.clamp(-1, 1).expm1()).log1p();
        var far = m.softplus(threshold: 40) - l.softplus();
        return (torch.where(d.abs().lt(1), near, far) - (s * d)).clamp_min(0);
    }
}
