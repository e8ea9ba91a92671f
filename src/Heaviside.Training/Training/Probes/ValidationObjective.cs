using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Evaluation;

namespace Heaviside.Training.Probes;

/// <summary>The training objective on the validation images: at relaxed samples, if the estimator trains with such, where it is no bound.</summary>
/// <remarks>What the estimator learns stays as it is.</remarks>
public sealed class ValidationObjective(Experiment experiment) : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        using var scope = torch.NewDisposeScope();
        var learned = experiment.Estimator?.state_dict().ToDictionary(t => t.Key, t => t.Value.clone());
        experiment.Model.eval();
        try
        {
            return Evaluate(observer);
        }
        finally
        {
            experiment.Model.train();
            if (learned is not null) experiment.Estimator!.LoadState(learned);
        }
    }

    private IReadOnlyList<(string Name, object? Value)> Evaluate(ITrainingObserver observer)
    {
        var seed = Seeds.Derive(experiment.Options.Seed, "validation objective");
        var examples = experiment.Data.InOrder(Split.Validation, experiment.Options.BatchSize, seed);
        using var rng = new Generator(seed, experiment.Device);
        using var prior = NormalizedPrior.Of(experiment.Model, BoundEvaluator.QuickPartition, seed, CancellationToken.None);
        var (sum, done, point) = (0.0, 0, EvaluationPoint.HardSample);
        foreach (var batch in examples.Epoch())
        {
            using var _ = batch;
            using var scope = torch.NewDisposeScope();
            batch.Device = experiment.Device;
            var objective = experiment.Model.Objective(batch, experiment.Estimator, rng);
            (sum, done, point) = (sum + (objective.Value.Number() * batch.Count), done + batch.Count, objective.Point);
            observer.Evaluating("validation objective", done, examples.Count);
        }

        return [("mean", sum / done), ("point", point.ToString()), ("images", done)];
    }
}
