using Heaviside.Configuration;
using Heaviside.Estimators;

namespace Heaviside.Regularizers;

/// <summary>Stability regularization of an estimator, where settings ask for it.</summary>
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

        var options = s.Fill(new StabilityOptions(0.0));
        var hasGumbel = s.Bool("stability-gumbel", false, "Gumbel noise in the regularized layer, at the estimator's temperature");
        try
        {
            return new StabilityRegularized(estimator, options.Regularizer)
            {
                Weight = options.Weight,
                GumbelTemperature = hasGumbel ? (estimator as RelaxingEstimator)?.Temperature ?? 1.0 : null,
            };
        }
        catch (ArgumentException error)
        {
            throw new InputException(error.Message.Split(" (Parameter")[0], error);
        }
    }
}
