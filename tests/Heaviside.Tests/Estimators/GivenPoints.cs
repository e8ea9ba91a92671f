using Heaviside.Distributions;

namespace Heaviside.Tests.Estimators;

/// <summary>A law whose samples are given: with every tuple of values as an example of the batch, expectations over samples become sums.</summary>
internal sealed class GivenPoints(DiscreteDistribution law, Tensor points) : DiscreteDistribution
{
    public override long[] BatchShape => law.BatchShape;

    public override long[] EventShape => law.EventShape;

    public override double JointValues => law.JointValues;

    public override Tensor Sample(ReadOnlySpan<long> sampleShape, Generator rng) => points;

    protected override Tensor LogProbOf(Tensor value) => law.LogProb(value);

    protected override Tensor EnumerateValues() => law.Enumerate();
}
