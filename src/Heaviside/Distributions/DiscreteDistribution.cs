using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>A law over finitely many values: what gradient estimators differentiate through.</summary>
/// <remarks>The first dimension of the batch is the example; others, if any, are independent factors of one joint law
/// (see <see cref="FactorialDistribution"/>). To go on from P sampled points to a law for each, make P B its examples.
/// A discrete law has no reparameterized sample: see <see cref="IRelaxable"/>.</remarks>
public abstract class DiscreteDistribution : Distribution
{
    // 2^22 joint values of 22 bits are 370 MB in single precision; beyond that nobody should enumerate by accident.
    private const double MaxJointValues = 1 << 22;

    /// <summary>How many joint values one example can take; infinite if beyond the range of a double.</summary>
    public abstract double JointValues { get; }

    /// <summary>Every joint value of one example, shape <c>[C] + BatchShape[1..] + EventShape</c>, each once.</summary>
    /// <exception cref="InvalidOperationException">There are more than 4,194,304.</exception>
    public Tensor Enumerate() => JointValues <= MaxJointValues
        ? EnumerateValues()
        : throw new InvalidOperationException($"Enumerate: {JointValues:G6} joint values are too many; sample instead");

    /// <summary>The log-probability of the joint value of each example, in nats: the sum over the factors.</summary>
    /// <param name="value">Shape <c>[S] + BatchShape + EventShape</c>.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    public Tensor JointLogProb(Tensor value) => SumLogProb(value, BatchShape.Length - 1);

    /// <summary>The log-probability of values, summed over the last dimensions of its shape.</summary>
    internal virtual Tensor SumLogProb(Tensor value, int dimensions) => Shape.SumLast(LogProb(value), dimensions);

    /// <summary>Every joint value; the base class has checked that they are few.</summary>
    protected abstract Tensor EnumerateValues();
}
