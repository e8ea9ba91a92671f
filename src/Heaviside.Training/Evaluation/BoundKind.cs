namespace Heaviside.Evaluation;

/// <summary>What a <see cref="Bound"/> is. Its name in kebab case is in results: <c>elbo</c>, <c>importance-weighted</c>, <c>score</c>.</summary>
public enum BoundKind
{
    /// <summary>The evidence lower bound, from one hard sample per example; valid.</summary>
    Elbo,

    /// <summary>The importance-weighted bound of several hard samples per example; valid.</summary>
    ImportanceWeighted,

    /// <summary>The score of a model that has no bound.</summary>
    Score,
}
