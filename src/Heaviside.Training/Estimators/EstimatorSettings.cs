using Heaviside.Configuration;

namespace Heaviside.Estimators;

/// <summary>Estimators of the catalogue as settings describe them.</summary>
public static class EstimatorSettings
{
    /// <summary>One for a model.</summary>
    /// <exception cref="InputException">A setting is wrong, or does not go with another.</exception>
    public static GradientEstimator Create(this EstimatorEntry entry, Settings settings, EstimatorInput input) =>
        entry.Read(settings).PreparedOrRefused(input);

    /// <summary>One for a made-up model, where only its claims and its settings matter.</summary>
    /// <exception cref="InputException">A setting is wrong, or does not go with another.</exception>
    public static GradientEstimator Example(this EstimatorEntry entry, Settings settings)
    {
        using var rng = new Generator(seed: 1);
        return entry.Read(settings).PreparedOrRefused(entry.ExampleInput(rng));
    }

    /// <summary>One with the options that settings give it, not prepared yet.</summary>
    /// <exception cref="InputException">A setting is wrong.</exception>
    public static GradientEstimator Read(this EstimatorEntry entry, Settings settings) => settings.Fill(entry.New());

    private static GradientEstimator PreparedOrRefused(this GradientEstimator estimator, EstimatorInput input)
    {
        try
        {
            return estimator.Prepare(input);
        }
        catch (ArgumentException error)
        {
            throw new InputException(error.Message, error);
        }
    }
}
