using Heaviside.Evaluation;

namespace Heaviside.Training;

/// <summary>What a run came to, on the test images, with the weights of the best validation bound.</summary>
/// <param name="Elbo">The evidence lower bound.</param>
/// <param name="ImportanceWeighted">The importance-weighted bound; null where the setting test-samples is 1, for that would be the other once more.</param>
/// <param name="BestStep">The step that the weights are of.</param>
/// <param name="Steps">Training steps done.</param>
/// <param name="End">What ended the training; null where it was not at its end.</param>
public sealed record RunResult(Bound Elbo, Bound? ImportanceWeighted, long BestStep, long Steps, RunEnd? End)
{
    /// <summary>The bounds that there are.</summary>
    public IReadOnlyList<Bound> Bounds => ImportanceWeighted is null ? [Elbo] : [Elbo, ImportanceWeighted];

    /// <summary>The other figures that the model has, with the standard errors of their means, NaN where a figure is no mean; none by default.</summary>
    public IReadOnlyList<(string Name, double Mean, double StandardError)> Figures { get; init; } = [];

    /// <summary>Why the bounds are worth nothing, in one line; null, the default, where they are worth something.</summary>
    public string? Problem { get; init; }
}
