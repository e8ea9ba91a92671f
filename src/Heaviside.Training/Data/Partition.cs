namespace Heaviside.Data;

/// <summary>Which examples are for what, by their indices.</summary>
/// <param name="Train">Those to learn from.</param>
/// <param name="Validation">Those to choose settings and the best model by.</param>
/// <param name="Test">Those to report results on.</param>
/// <param name="Origin">How it was decided, in words.</param>
public sealed record Partition(IReadOnlyList<int> Train, IReadOnlyList<int> Validation, IReadOnlyList<int> Test, string Origin)
{
    /// <summary>The indices of a part.</summary>
    public IReadOnlyList<int> Part(Split split) => split switch { Split.Train => Train, Split.Validation => Validation, _ => Test };

    /// <summary>How it was decided and how many go where.</summary>
    public override string ToString() => $"{Origin}: {Train.Count:N0} for training, {Validation.Count:N0} for validation, {Test.Count:N0} for the test";
}
