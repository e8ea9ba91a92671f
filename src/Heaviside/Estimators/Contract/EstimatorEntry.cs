using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>An estimator in the catalogue.</summary>
/// <param name="Name">Its name in kebab case, as recipes and the command line write it.</param>
/// <param name="Summary">One line on what it does.</param>
/// <param name="Latents">The kinds of latent variables that it is for.</param>
/// <param name="Evaluations">Objective evaluations per example, in words: <c>S</c>, <c>K^N</c>.</param>
/// <param name="Reference">The source, with its arXiv id or DOI.</param>
/// <param name="New">Makes one with its default options.</param>
public sealed record EstimatorEntry(
    string Name, string Summary, LatentKinds Latents, string Evaluations, string Reference, Func<GradientEstimator> New) : ICatalogEntry
{
    /// <summary>One with some options changed, not prepared yet.</summary>
    /// <param name="options">Names and values, as in <see cref="OptionInfo.Set"/>.</param>
    /// <exception cref="ArgumentException">There is no such option, or the estimator refuses the value.</exception>
    public GradientEstimator With(params IEnumerable<(string Name, object Value)> options)
    {
        var estimator = New();
        foreach (var (name, value) in options)
        {
            var option = OptionInfo.Of(estimator.GetType()).FirstOrDefault(o => o.Name == name) ?? throw new ArgumentException($"{Name} has no option '{name}'", nameof(options));
            option.Set(estimator, value);
        }

        return estimator;
    }

    /// <summary>One for a made-up model, where only its claims matter.</summary>
    public GradientEstimator Example()
    {
        using var rng = new Generator(seed: 1);
        return New().Prepare(ExampleInput(rng));
    }

    /// <summary>A made-up model: three variables of a kind that the estimator is for.</summary>
    internal EstimatorInput ExampleInput(Generator rng) => new([Latents.HasFlag(LatentKinds.Bits) ? [3] : [3, 3]], ContextSize: 1, LogitParameters: 1, rng);
}
