using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>An estimator that draws from the relaxed law at a temperature.</summary>
public abstract class RelaxingEstimator : PathwiseEstimator, IScheduled
{
    /// <summary>The temperature, from 1e-6 to 1e6 at every step; default 0.5.</summary>
    [Option("temperature of the relaxation", Least = TemperatureRange.Least, Most = TemperatureRange.Most)]
    public Schedule Temperature { get; init => field = OptionInfo.Checked(this, value); } = 0.5;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("temperature", Temperature)];

    /// <summary>The mean logarithm of what relaxed samples give to labels, log y_label, in nats.</summary>
    /// <param name="q">The law.</param>
    /// <param name="labels">Shape <c>BatchShape + EventShape</c>.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[B]</c>.</returns>
    protected Tensor RelaxedLabelLogProb(FactorialDistribution q, Tensor labels, Generator rng)
    {
        var relaxable = Require<IRelaxable>(q);
        var scores = relaxable.Perturb(relaxable.Noise([Samples], rng)) / Temperature.At(Step);
        FactorialDistribution relaxed = q is Bernoulli ? new Bernoulli(scores) : new OneHotCategorical(scores);
        return SumFactors(relaxed.LogProb(labels.expand(scores.shape))).mean([0]);
    }
}
