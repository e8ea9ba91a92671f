namespace Heaviside.Configuration;

/// <summary>A value that is multiplied by a factor on reaching each of some steps: a learning rate that drops.</summary>
/// <example><c>steps(1e-3, 0.3, at=[60000, 75000])</c> is 1e-3, then 3e-4 from step 60000, then 9e-5 from step 75000.</example>
public sealed class StepSchedule(double start, double factor, IEnumerable<long> at) : Schedule
{
    private readonly long[] at = Increasing([.. at]);

    /// <summary>The value before the first change; finite.</summary>
    public double Start { get; } = Finite(start, nameof(start));

    /// <summary>What the value is multiplied by at each change; finite.</summary>
    public double Factor { get; } = Finite(factor, nameof(factor));

    /// <summary>The steps from which each change holds; 0 or more and increasing.</summary>
    public IReadOnlyList<long> Changes => this.at;

    /// <inheritdoc/>
    protected override double ValueAt(long step)
    {
        var value = Start;
        foreach (var change in this.at)
            if (step >= change) value *= Factor;
        return value;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"steps({Invariant.Format(Start)}, {Invariant.Format(Factor)}, at=[{string.Join(", ", this.at.Select(Invariant.Format))}])";

    private static long[] Increasing(long[] at)
    {
        for (var i = 0; i < at.Length; i++)
            if (at[i] < (i == 0 ? 0 : at[i - 1] + 1))
                throw new ArgumentOutOfRangeException(nameof(at), at[i], "expected steps of 0 or more that increase");
        return at;
    }
}
