using Heaviside.Estimators;
using Heaviside.Laws;
using Heaviside.Numerics;
using Heaviside.Training;

namespace Heaviside.Laboratory;

/// <summary>Bias and variance against the exact gradient as functions of what biases the estimators, temperature or epsilon, at fixed weights.</summary>
/// <remarks>An estimator that would learn the setting keeps it fixed here. One that does not have it, or that is listed with a value of its
/// own, is measured once, to compare with.</remarks>
public sealed class Sweep
{
    private static readonly string[] Settings = ["temperature", "epsilon"];

    private readonly Func<EstimatorChoice, GradientEstimator> create;
    private readonly Func<string, GradientEstimator, GradientReport> measure;

    private Sweep(Func<EstimatorChoice, GradientEstimator> create, Func<string, GradientEstimator, GradientReport> measure) =>
        (this.create, this.measure) = (create, measure);

    /// <summary>On a problem of the laws.</summary>
    /// <param name="problem">Where.</param>
    /// <param name="draws">Estimates of each estimator and value.</param>
    /// <param name="seed">Decides the noise.</param>
    public static Sweep On(Problem problem, int draws, ulong seed) => new(
        choice => choice.Create(settings => problem.Prepare(choice.Entry.Read(settings))),
        (name, estimator) => GradientLab.Measure(name, estimator, problem, draws, seed));

    /// <summary>On the weights that a model has now and the first minibatch of its training images.</summary>
    /// <param name="experiment">The model and its data.</param>
    /// <param name="x">The images, shape <c>[B, D]</c>.</param>
    /// <param name="draws">Estimates of each estimator and value.</param>
    /// <exception cref="InputException">The latent variables of the model are too many to enumerate.</exception>
    public static Sweep On(Experiment experiment, Tensor x, int draws)
    {
        Tensor[] parameters = [.. experiment.Model.parameters()];
        Tensor Loss(GradientEstimator estimator, Generator rng) => experiment.DiscreteModel.Objective(x, estimator, rng).Loss;
        var exact = GradientLab.Exact(Loss, parameters)
            ?? throw new InputException("the latent variables of this model are too many to enumerate, so that there is no exact gradient to compare with; choose fewer, such as layers=8, or leave out the sweep");
        return new(
            choice => Contender.Create(choice, experiment),
            (name, estimator) => GradientLab.Measure(name, estimator, Loss, parameters, exact, draws, Seeds.Derive(experiment.Options.Seed, "sweep")));
    }

    /// <summary>Measures every estimator at every value.</summary>
    /// <param name="choices">The estimators.</param>
    /// <param name="values">The values of the setting.</param>
    public IEnumerable<SweepRow> Run(IEnumerable<EstimatorChoice> choices, IReadOnlyList<double> values)
    {
        foreach (var choice in choices)
        {
            if (Settings.FirstOrDefault(choice.Leaves) is { } setting)
                foreach (var value in values) yield return new(setting, value, Measure(At(choice, setting, value)));
            else
                yield return new(Settings[0], null, Measure(choice));
        }
    }

    private static EstimatorChoice At(EstimatorChoice choice, string setting, double value)
    {
        var at = choice.With(setting, Invariant.Format(value));
        return at.Leaves($"learn-{setting}") ? at.With($"learn-{setting}", "false") : at;
    }

    private GradientReport Measure(EstimatorChoice choice)
    {
        using var estimator = create(choice);
        return measure(choice.Name, estimator);
    }
}
