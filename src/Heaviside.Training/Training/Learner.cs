using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Optimizers;

namespace Heaviside.Training;

/// <summary>A model, what estimates its gradient, what follows it and what labels teach it: the parts of one training step.</summary>
internal sealed class Learner(
    TrainableModel model, GradientEstimator? estimator, Optimizer optimizer, Schedule learningRate, Supervision? supervision = null)
{
    private readonly Tensor[] tuned = [.. estimator?.parameters() ?? []];

    /// <summary>What follows a schedule.</summary>
    internal IReadOnlyList<IScheduled> Scheduled { get; } =
        [.. model.SelfAndModules().Concat(estimator?.SelfAndModules() ?? []).OfType<IScheduled>(), .. supervision is null ? [] : new IScheduled[] { supervision }];

    /// <summary>The objective of a step.</summary>
    internal TrainingObjective Objective(Batch batch, long step, Generator rng)
    {
        foreach (var s in Scheduled) s.Step = step;
        return supervision is null ? model.Objective(batch, estimator, rng) : supervision.Objective(model, batch, estimator!, rng);
    }

    /// <summary>Leaves the gradients of an objective in the parameters.</summary>
    internal void Backward(TrainingObjective objective)
    {
        optimizer.zero_grad();
        objective.Backward(tuned);
    }

    /// <summary>Changes the parameters along their gradients.</summary>
    internal void Update(long step)
    {
        optimizer.learning_rate = learningRate.At(step);
        optimizer.step();
    }
}
