using Aborts.Tests.Cases;

namespace Aborts.Tests;

/// <summary>Something that a user may do wrong.</summary>
/// <param name="Name">What is wrong, unique.</param>
/// <param name="Make">Does it; must throw.</param>
/// <param name="Says">What the error's message must contain.</param>
internal sealed record Mistake(string Name, Action Make, params string[] Says)
{
    /// <summary>All that are tried.</summary>
    internal static IReadOnlyList<Mistake> All { get; } =
        [.. EngineMistakes.All, .. GradientMistakes.All, .. LawMistakes.All, .. EstimatorMistakes.All, .. PriorMistakes.All, .. TrainingMistakes.All];
}
