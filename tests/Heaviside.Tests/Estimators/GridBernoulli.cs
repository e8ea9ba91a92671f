using Heaviside.Distributions;

namespace Heaviside.Tests.Estimators;

/// <summary>Bits whose noise is given, one tensor after the other, instead of drawn: what estimators do becomes a function that can be integrated.</summary>
internal sealed class GridBernoulli(Tensor logits, params IEnumerable<Tensor> noise) : FactorialDistribution, IConditionallyRelaxable
{
    private readonly Bernoulli bits = new(logits);
    private readonly Queue<Tensor> given = new(noise);

    public override Tensor Logits => logits;

    public override long[] BatchShape => logits.shape;

    public override long[] EventShape => [];

    public override Tensor Mean => bits.Mean;

    public override long ValuesPerFactor => 2;

    public Tensor Location => bits.Location;

    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng) => Threshold(Perturb(Noise(sampleShape, rng)));

    public override Tensor Mode() => bits.Mode();

    public override Tensor Entropy() => bits.Entropy();

    public IReparameterized Relax(double temperature) => bits.Relax(temperature);

    public Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng) => given.Dequeue().expand(FullShape(sampleShape));

    public Tensor Maximize(Tensor shift) => bits.Maximize(shift);

    public Tensor Score(Tensor points) => bits.Score(points);

    public Tensor Perturb(Tensor noise) => bits.Perturb(noise);

    public Tensor Threshold(Tensor z) => bits.Threshold(z);

    public Tensor Soften(Tensor z, double temperature = 1) => bits.Soften(z, temperature);

    public Tensor PerturbGiven(Tensor b, Tensor noise) => bits.PerturbGiven(b, noise);

    public Tensor Pullback(Tensor gradient) => bits.Pullback(gradient);

    public Tensor PullbackGiven(Tensor b, Tensor z, Tensor gradient) => bits.PullbackGiven(b, z, gradient);

    protected override Tensor LogProbOf(Tensor value) => bits.LogProb(value);

    protected override Tensor FactorValues() => throw new NotSupportedException();
}
