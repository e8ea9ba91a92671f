using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>A bit in {0, 1} that is 1 with probability sigmoid(logit).</summary>
/// <remarks>Batch shape: that of the logits. Probabilities of exactly 0 and 1 (infinite logits) are allowed: the logarithm
/// of the probability 0 is -1e30, so that no value and no gradient is infinite or NaN.</remarks>
/// <param name="logits">Log-odds, shape <c>[B, ...]</c>.</param>
public sealed class Bernoulli(Tensor logits) : FactorialDistribution, IRelaxable
{
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
    public static Bernoulli FromProbs(Tensor probs)
    {
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
        return l.softplus() - (l * l.sigmoid());
    }

    /// <summary>The relaxed law of arXiv:1611.00712.</summary>
    public IReparameterized Relax(double temperature) => new RelaxedBernoulli(logits, temperature);

    /// <inheritdoc/>
    public Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng) => Distributions.Noise.Logistic(FullShape(sampleShape), logits, rng);

    /// <inheritdoc/>
    public Tensor Maximize(Tensor shift)
    {
        using var _ = torch.no_grad();
        return Threshold(logits + shift);
    }

    /// <inheritdoc/>
    public Tensor Score(Tensor points) => Shape.SumLast(points * FiniteLogits, points.shape.Length - 2);

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

    // v l - log(1 + e^l): log sigmoid(l) for 1, log sigmoid(-l) for 0, linear in between as relaxed points need it.
    /// <inheritdoc/>
    protected override Tensor LogProbOf(Tensor value)
    {
        var l = FiniteLogits;
        return (value * l) - l.softplus();
    }

    /// <inheritdoc/>
    protected override Tensor FactorValues() => torch.arange(2, logits.dtype, logits.device);

    /// <summary>The divergence KL(p || q) in nats, shape <c>BatchShape</c>.</summary>
    internal static Tensor Divergence(Bernoulli p, Bernoulli q)
    {
        var (l, m) = (p.FiniteLogits, q.FiniteLogits);
        return (l.sigmoid() * (l - m)) + m.softplus() - l.softplus();
    }
}
