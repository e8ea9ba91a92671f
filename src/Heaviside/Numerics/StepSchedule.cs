namespace Heaviside.Numerics;

/// <summary>A value that is multiplied by a factor on reaching each of some steps: a learning rate that drops, or warms up first.</summary>
/// <example><c>steps(1e-3, 0.3, at=[60000, 75000])</c> is 1e-3, then 3e-4 from step 60000, then 9e-5 from step 75000;
/// <c>steps(1e-4, [10, 0.1], at=[1000, 60000])</c> is 1e-4, then 1e-3 from step 1000, then 1e-4 from step 60000.</example>
public sealed class StepSchedule : Schedule
{
    private readonly long[] at;
    private readonly double[] factors;

    /// <summary>A schedule with a factor for each change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factors are neither one nor as many as the changes, or a value is out of its range.</exception>
    public StepSchedule(double start, IEnumerable<double> factors, IEnumerable<long> at)
    {
        (Start, this.factors, this.at) = (Finite(start, nameof(start)), [.. factors.Select(f => Finite(f, "factor"))], Increasing([.. at]));
        if (this.factors.Length != 1 && this.factors.Length != this.at.Length)
            throw new ArgumentOutOfRangeException("factor", this.factors.Length, $"expected one factor, or one for each of the {this.at.Length} changes");
    }

    /// <summary>A schedule with one factor for all changes.</summary>
    public StepSchedule(double start, double factor, IEnumerable<long> at)
        : this(start, [factor], at)
    {
    }

    /// <summary>The value before the first change; finite.</summary>
    public double Start { get; }

    /// <summary>What the value is multiplied by at each change; finite. One for all, or one for each.</summary>
    public IReadOnlyList<double> Factors => factors;

    /// <summary>The steps from which each change holds; 0 or more and increasing.</summary>
    public IReadOnlyList<long> Changes => at;

    /// <inheritdoc/>
    protected override double ValueAt(long step)
    {
        var value = Start;
        for (var i = 0; i < at.Length && step >= at[i]; i++) value *= factors.Length == 1 ? factors[0] : factors[i];
        return value;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"steps({Invariant.Format(Start)}, {(factors.Length == 1 ? Invariant.Format(factors[0]) : List(factors.Select(Invariant.Format)))}, at={List(at.Select(Invariant.Format))})";

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static long[] Increasing(long[] at)
    {
        for (var i = 0; i < at.Length; i++)
            if (at[i] < (i == 0 ? 0 : at[i - 1] + 1))
                throw new ArgumentOutOfRangeException(nameof(at), at[i], "expected steps of 0 or more that increase");
        return at;
    }
}
