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
        ScheduleRange.Read(s, Weight, fallback, "weight of stability regularization", ScheduleRange.NotNegative);

    /// <summary>Reads rho, alpha, rho2 and how they are used.</summary>
    internal static NoiseStability ReadRegularizer(Settings s, double alpha = 0.9, string clip = "group", string reduce = "mean", double rho2 = 0)
    {
        const double Least = 1e-6, Most = 1 - 1e-6;
        var rho = s.Double("rho", 0.9, Least, Most, "correlation of the noises of stability regularization");
        var smaller = s.Double("rho2", rho2, 0, Most, "the smaller correlation of mean-centered stability; 0: not centered");
        var reduction = s.Choice("stability-reduction", reduce, ["sum", "mean"], "over outputs, or groups of them") == "sum" ? StabilityReduction.Sum : StabilityReduction.Mean;
        if (smaller > 0)
        {
            if (smaller >= rho) throw new InputException($"setting 'rho2' is {smaller}, expected less than rho, which is {rho}");
            return new MeanCenteredStability { Rho1 = rho, Rho2 = smaller, SharedNoise = s.Bool("shared-noise", true, "one noise for both pairs of mean-centered stability"), Reduction = reduction };
        }

        return new StabilityRegularizer
        {
            Rho = rho,
            Reduction = reduction,
            Alpha = s.Double("alpha", alpha, Least, 1, "stability above which nothing is gained; 1: no clip"),
            Clip = s.Choice("stability-clip", clip, ["dimension", "group"], "what alpha is for: each output, or each variable with all its classes") == "group" ? StabilityClip.PerGroup : StabilityClip.PerDimension,
        };
    }
}
