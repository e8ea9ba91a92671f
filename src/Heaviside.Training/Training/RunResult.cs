using Heaviside.Evaluation;

namespace Heaviside.Training;

/// <summary>What a run came to, on the test images, with the weights of the best validation bound.</summary>
/// <param name="Elbo">The evidence lower bound.</param>
/// <param name="ImportanceWeighted">The importance-weighted bound.</param>
/// <param name="BestStep">The step that the weights are of.</param>
/// <param name="Steps">Training steps done.</param>
public sealed record RunResult(Bound Elbo, Bound ImportanceWeighted, long BestStep, long Steps)
{
    /// <summary>Why the bounds are worth nothing, in one line; null, the default, where they are worth something.</summary>
    public string? Problem { get; init; }
}
