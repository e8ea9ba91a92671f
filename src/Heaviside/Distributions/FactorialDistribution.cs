
namespace Heaviside.Distributions;

/// <summary>Independent factors with one set of values each: [B, N] bits, or [B, N] variables of K classes.</summary>
public abstract class FactorialDistribution : DiscreteDistribution, IHasEntropy, IHasLogits, IHasMean, IHasMode
{
    /// <summary>The unnormalized log-odds or log-probabilities, shape <c>BatchShape + EventShape</c>.</summary>
    public abstract Tensor Logits { get; }

    /// <summary>The mean of a value: the probabilities. Shape <c>BatchShape + EventShape</c>.</summary>
    public abstract Tensor Mean { get; }

    /// <summary>The number of values of one factor.</summary>
    public abstract long ValuesPerFactor { get; }

    /// <inheritdoc/>
    public sealed override double JointValues => Math.Pow(ValuesPerFactor, Factors);

    /// <inheritdoc/>
    public sealed override double LogJointValues => Factors * Math.Log(ValuesPerFactor);

    private long Factors => BatchShape.Skip(1).Aggregate(1L, (a, b) => a * b);

    /// <inheritdoc/>
    public abstract Tensor Mode();

    /// <inheritdoc/>
    public abstract Tensor Entropy();

    /// <summary>The values of one factor, shape <c>[values] + EventShape</c>.</summary>
    protected abstract Tensor FactorValues();

    /// <inheritdoc/>
    protected sealed override Tensor EnumerateValues()
    {
        var values = EnumerateFactors((int)Factors);
        return values.reshape([values.size(0), .. BatchShape[Math.Min(1, BatchShape.Length)..], .. EventShape]);
    }

    // The digits of 0, 1, 2, ... to the base of the values; the last factor varies fastest.
    /// <summary>Every joint value of a number of such factors, shape <c>[values^factors, factors] + EventShape</c>.</summary>
    internal Tensor EnumerateFactors(int factors)
    {
        using var scope = torch.NewDisposeScope();
        var values = FactorValues();
        var count = (long)Math.Pow(ValuesPerFactor, factors);
        var places = Enumerable.Range(0, factors).Select(i => (long)Math.Pow(ValuesPerFactor, factors - 1 - i)).ToArray();
        var number = torch.arange(count, dtype: torch.int64, device: values.device).unsqueeze(1);
        var digits = number.div(torch.tensor(places, device: values.device), torch.RoundingMode.floor).remainder(ValuesPerFactor);
        return scope.MoveToOuter(values.index_select(0, digits.flatten()).reshape([count, factors, .. EventShape]));
    }
}
