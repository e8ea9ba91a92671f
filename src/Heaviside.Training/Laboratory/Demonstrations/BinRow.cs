namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A bar of a histogram.</summary>
/// <param name="Step">Training steps done; the bins of one step make a histogram.</param>
/// <param name="Low">Where the bin begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Share">The share of all values that are in it.</param>
public sealed record BinRow(long Step, double Low, double High, double Share) : ILabRow
{
    /// <inheritdoc/>
    public string Kind => "bin";

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, object? Value)> Fields => [("step", Step), ("low", Low), ("high", High), ("share", Share)];
}
