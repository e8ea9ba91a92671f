namespace Heaviside.Laboratory;

/// <summary>One measurement, as files and programs read it.</summary>
public interface ILabRow
{
    /// <summary>What was measured: <c>variance</c>, <c>toy</c>, <c>sweep</c>, or what a demonstration shows.</summary>
    string Kind { get; }

    /// <summary>Names in kebab case with their values, the same names for every row of a kind.</summary>
    IReadOnlyList<(string Name, object? Value)> Fields { get; }
}
