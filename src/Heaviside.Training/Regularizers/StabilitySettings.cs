using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Numerics;

namespace Heaviside.Regularizers;

/// <summary>Stability regularization as settings describe it.</summary>
public static class StabilitySettings
{
    private const string Weight = "stability";
    private static readonly string[] Details = ["rho", "rho2", "shared-noise", "alpha", "stability-clip", "stability-reduction", "stability-gumbel"];

    /// <summary>An estimator with the regularizer that the setting stability asks for, or as it is where none is asked for.</summary>
    /// <exception cref="InputException">A setting is wrong, or the estimator trains a bound of several samples.</exception>
    public static GradientEstimator Regularize(Settings s, GradientEstimator estimator)
    {
        if (!s.Has(Weight))
        {
            if (Details.FirstOrDefault(s.Has) is { } detail) throw new InputException($"'{detail}' is a setting of stability regularization: give its weight too, such as {Weight}=100");
            return estimator;
        }

        var weight = ReadWeight(s, 0);
        var regularizer = ReadRegularizer(s);
        var hasGumbel = s.Bool("stability-gumbel", false, "Gumbel noise in the regularized layer, at the estimator's temperature");
        try
        {
            return new StabilityRegularized(estimator, regularizer)
            {
                Weight = weight,
                GumbelTemperature = hasGumbel ? (estimator as RelaxingEstimator)?.Temperature ?? 1.0 : null,
            };
        }
        catch (ArgumentException error)
        {
            throw new InputException(error.Message.Split(" (Parameter")[0], error);
        }
    }

    /// <summary>Reads the weight of the maximand.</summary>
    internal static Schedule ReadWeight(Settings s, double fallback) =>
        s.Schedule(Weight, fallback, "weight of stability regularization", ScheduleRange.NotNegative);

    /// <summary>Reads which regularizer, and its options.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="standard">The regularizer if nothing is given; null: that of the library.</param>
    /// <param name="rho2">The smaller correlation of mean-centered stability if none is given; 0: not centered.</param>
    internal static NoiseStability ReadRegularizer(Settings s, StabilityRegularizer? standard = null, double rho2 = 0)
    {
        standard ??= new();
        var smaller = s.Double("rho2", rho2, 0, 1 - 1e-6, "the smaller correlation of mean-centered stability; 0: not centered");
        if (smaller == 0) return s.Fill(standard);
        var centered = s.Fill(new MeanCenteredStability { Rho1 = standard.Rho, Rho2 = Math.Max(smaller, 1e-6), Reduction = standard.Reduction });
        return smaller < centered.Rho1 ? centered : throw new InputException($"setting 'rho2' is {smaller}, expected less than rho, which is {centered.Rho1}");
    }
}
