
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

    /// <summary>The logarithm of <see cref="JointValues"/>: the entropy in nats of the uniform law of one example, finite where that is not.</summary>
    public virtual double LogJointValues => Math.Log(JointValues);

    /// <summary>Every joint value of one example, shape <c>[C] + BatchShape[1..] + EventShape</c>, each once.</summary>
    /// <exception cref="InvalidOperationException">There are more than 4,194,304.</exception>
    public Tensor Enumerate() => JointValues <= MaxJointValues
        ? EnumerateValues()
        : throw new InvalidOperationException($"Enumerate: {JointValues:G6} joint values are too many; sample instead");

    /// <summary>The log-probability of the joint value of each example, in nats: the sum over the factors.</summary>
    /// <remarks>The first dimension of the batch is the example. Where it is another, as in a law of batch shape <c>[P, B, N]</c> given P points
    /// of each of B examples, <c>new Independent&lt;Bernoulli&gt;(law, 1).LogProb(value)</c> says which dimensions are summed.</remarks>
    /// <param name="value">Shape <c>[S] + BatchShape + EventShape</c>; the samples may have several dimensions, but not none.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    /// <exception cref="ArgumentException">The shape of the value is another, or the batch has no dimension.</exception>
    public Tensor JointLogProb(Tensor value)
    {
        RequireExamples();
        long[] one = [.. BatchShape, .. EventShape];
        if (value.dim() <= one.Length || !value.shape.AsSpan(^one.Length..).SequenceEqual(one))
            throw new ArgumentException($"value: expected shape [S, {string.Join(", ", one)}], the values of {BatchShape[0]} examples in each of S samples, got [{string.Join(", ", value.shape)}]; Independent says which other dimensions are summed", nameof(value));
        return SumLogProb(value, BatchShape.Length - 1);
    }

    /// <summary>Throws an <see cref="ArgumentException"/> where the batch has no dimension, so that there are no examples.</summary>
    internal void RequireExamples()
    {
        if (BatchShape.Length == 0) throw new ArgumentException($"{GetType().Name}: expected a law of batch shape [B, ...], whose first dimension is the example, got []: only LogProb takes its values");
    }

    /// <summary>Every joint value; the base class has checked that they are few.</summary>
    protected abstract Tensor EnumerateValues();
}
