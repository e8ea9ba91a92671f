using Heaviside.Torch;

namespace Heaviside.Distributions;

/// <summary>A law over finitely many values, parameterized by logits: what gradient estimators differentiate through.</summary>
/// <remarks>The first dimension of the batch is the example; the others are independent factors of one joint law
/// ([B, N] bits, or [B, N] variables of K classes). A discrete law has no reparameterized sample: see <see cref="IRelaxable"/>.</remarks>
public abstract class DiscreteDistribution : Distribution, IHasEntropy, IHasMode
{
    // 2^22 joint values of 22 bits are 370 MB in single precision; beyond that nobody should enumerate by accident.
    private const double MaxJointValues = 1 << 22;

    /// <summary>The unnormalized log-odds or log-probabilities, shape <c>[B, ...]</c>; the gradient is taken with respect to them.</summary>
    public abstract Tensor Logits { get; }

    /// <summary>The mean of a value: the probabilities. Shape <c>BatchShape + EventShape</c>.</summary>
    public abstract Tensor Mean { get; }

    /// <inheritdoc/>
    public abstract Tensor Mode();

    /// <inheritdoc/>
    public abstract Tensor Entropy();

    /// <summary>The values of one factor, shape <c>[values] + EventShape</c>.</summary>
    protected abstract Tensor FactorValues();

    /// <summary>Every joint value of one example, shape <c>[C] + BatchShape[1..] + EventShape</c>; the last factor varies fastest.</summary>
    /// <exception cref="InvalidOperationException">There are more than 4,194,304.</exception>
    public Tensor Enumerate()
    {
        using var scope = torch.NewDisposeScope();
        var values = FactorValues();
        var k = values.size(0);
        var factors = BatchShape.Skip(1).Aggregate(1L, (a, b) => a * b);
        var count = Math.Pow(k, factors);
        if (count > MaxJointValues) throw new InvalidOperationException($"Enumerate: {k}^{factors} joint values are too many; sample instead");

        var digits = torch.arange((long)count, dtype: torch.int64, device: values.device).unsqueeze(1);
        var place = torch.tensor(Enumerable.Range(0, (int)factors).Select(i => (long)Math.Pow(k, factors - 1 - i)).ToArray(), device: values.device);
        var index = digits.div(place, "floor").remainder(k);
        return scope.MoveToOuter(values.index_select(0, index.flatten()).reshape([(long)count, .. BatchShape[1..], .. EventShape]));
    }

    /// <summary>The log-probability of the joint value of each example: the sum over the factors.</summary>
    /// <param name="value">Shape <c>[S] + BatchShape + EventShape</c>.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    public Tensor JointLogProb(Tensor value) => Shape.SumLast(LogProb(value), BatchShape.Length - 1);
}
