using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>An estimator in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on what it does.</param>
/// <param name="Latents">The kinds of latent variables that it is for.</param>
/// <param name="Evaluations">Objective evaluations per example, in words: <c>S</c>, <c>K^N</c>.</param>
/// <param name="Reference">The source, with its arXiv id or DOI.</param>
/// <param name="Create">Makes one from settings, for a model.</param>
public sealed record EstimatorEntry(
    string Name, string Summary, LatentKinds Latents, string Evaluations, string Reference, Func<Settings, EstimatorInput, GradientEstimator> Create)
{
    /// <summary>One for a made-up model, where only its claims and its settings matter.</summary>
    public GradientEstimator Example(Settings settings)
    {
        using var rng = new Generator(seed: 1);
        return Create(settings, new([Latents.HasFlag(LatentKinds.Bits) ? [3] : [3, 3]], ContextSize: 1, LogitParameters: 1, rng));
    }
}
