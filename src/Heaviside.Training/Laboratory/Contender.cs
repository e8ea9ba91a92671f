using System.Diagnostics;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Optimizers;
using Heaviside.Training;

namespace Heaviside.Laboratory;

/// <summary>An estimator that takes part in a study: with its own noise, its own moments, and what it learns tuned along.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Experiment experiment;
    private readonly TrainableModel model;
    private readonly GradientEstimator estimator;
    private readonly Optimizer? optimizer;
    private readonly Generator rng;
    private readonly Tensor[] parameters;
    private readonly Tensor[] tuned;
    private readonly IScheduled[] scheduled;
    private readonly GradientMoments moments;
    private double variance, commonVariance;
    private long ticks, steps;

    private Contender(string name, Experiment experiment, GradientEstimator estimator, Optimizer? optimizer, string noise)
    {
        (Name, this.experiment, this.estimator, this.optimizer) = (name, experiment, estimator, optimizer);
        model = experiment.Model;
        parameters = [.. model.parameters()];
        tuned = [.. estimator.parameters()];
        scheduled = [.. model.SelfAndModules().Concat(estimator.SelfAndModules()).OfType<IScheduled>()];
        rng = new(Seeds.Derive(experiment.Options.Seed, noise), experiment.Device);
        moments = new(parameters);
        var isOneLayer = experiment.Latents.LatentLayers.Count == 1;
        IsUnbiased = estimator.BoundSamples is null && (estimator.Bias == Bias.None || (estimator.Bias == Bias.NoneIfOneLayer && isOneLayer));
    }

    internal string Name { get; }

    // The experiment's own estimator is the one that the model follows.
    private bool IsFollowed => ReferenceEquals(estimator, experiment.Estimator);

    /// <summary>Whether its mean is the gradient of the evidence lower bound.</summary>
    internal bool IsUnbiased { get; }

    internal IReadOnlyList<Tensor> Means => moments.Means;

    /// <summary>The experiment's own estimator, with its optimizer, which is the model's too, and the noise of its training.</summary>
    internal static Contender Followed(string name, Experiment experiment) =>
        new(name, experiment, experiment.Estimator!, experiment.Optimizer, "training");

    /// <summary>An estimator whose gradients are only looked at.</summary>
    internal static Contender Beside(EstimatorChoice choice, Experiment experiment)
    {
        var estimator = Create(choice, experiment);
        var learned = estimator.parameters().ToArray();
        return new(choice.Name, experiment, estimator, learned.Length > 0 ? experiment.CreateOptimizer([], estimator) : null, $"variance: {choice.Name}");
    }

    /// <summary>Makes an estimator for the experiment's model, after a trial that shows whether the two fit.</summary>
    /// <exception cref="InputException">They do not.</exception>
    internal static GradientEstimator Create(EstimatorChoice choice, Experiment experiment)
    {
        using var rng = new Generator(Seeds.Derive(experiment.Options.Seed, "initial weights of the estimator"));
        var latents = experiment.Latents;
        var estimator = choice.Create(new EstimatorInput(latents.LatentLayers, latents.ContextSize, latents.LogitParameters.Count, rng));
        try
        {
            estimator.to(experiment.Device);
            experiment.RequireSupported(estimator, choice.Name);
            return estimator;
        }
        catch
        {
            estimator.Dispose();
            throw;
        }
    }

    /// <summary>Estimates the gradient on a minibatch, takes it into the moments, and leaves the gradients of what the estimator learns,
    /// and of the model if this one is followed, in the parameters.</summary>
    internal void Measure(Batch batch, long step)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var s in scheduled) s.Step = step;
        var objective = Objective(batch, step);
        var gradient = LossGradients.Take(objective.Loss, objective.TuningLoss, parameters, tuned);
        ticks += Stopwatch.GetTimestamp() - start;
        RequireFinite(objective, step);
        moments.Update(gradient);
        if (!IsFollowed) return;
        for (var i = 0; i < parameters.Length; i++) parameters[i].grad = gradient[i];
    }

    /// <summary>Adds the variances as they are now to the sums over the steps.</summary>
    internal void Record(IReadOnlyList<Tensor>? commonMeans)
    {
        variance += moments.Variance().Number();
        if (commonMeans is not null) commonVariance += moments.Variance(commonMeans).Number();
        steps++;
    }

    /// <summary>Changes what the estimator learns, and the model if this one is followed.</summary>
    internal void Update(double learningRate)
    {
        if (optimizer is null) return;
        optimizer.learning_rate = learningRate;
        optimizer.step();
    }

    /// <summary>The variance over the steps since the last report.</summary>
    internal VarianceRow Report(long step, bool hasCommon)
    {
        var row = new VarianceRow(
            step, Name, Math.Log(variance / steps), hasCommon ? Math.Log(commonVariance / steps) : null,
            Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds / steps);
        (variance, commonVariance, ticks, steps) = (0, 0, 0, 0);
        return row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rng.Dispose();
        moments.Dispose();
        if (IsFollowed) return; // the rest is the experiment's
        optimizer?.Dispose();
        estimator.Dispose();
    }

    // A model that samples refuses numbers that are not finite.
    private TrainingObjective Objective(Batch batch, long step)
    {
        try
        {
            return model.Objective(batch, estimator, rng);
        }
        catch (Exception error) when (NonFiniteDiagnosis.IsRefusal(error))
        {
            throw new NonFiniteException($"step {step}: the objective of the estimator '{Name}' cannot be computed: {error.Message.Split('\n')[0]}; try a smaller learning rate");
        }
    }

    private void RequireFinite(TrainingObjective objective, long step)
    {
        (string Name, Tensor? Scalar)[] named = [("objective", objective.Value), ("loss", objective.Loss), ("tuning loss", objective.TuningLoss)];
        foreach (var (name, scalar) in named)
            if (scalar is not null && scalar.Number() is var value && !double.IsFinite(value))
                throw new NonFiniteException($"step {step}: the {name} of the estimator '{Name}' is {value}; try a smaller learning rate");
    }
}
