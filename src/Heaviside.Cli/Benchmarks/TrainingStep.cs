using System.Diagnostics;
using Heaviside.Configuration;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Numerics;
using Heaviside.Optimizers;
using Heaviside.Regularizers;

namespace Heaviside.Cli.Benchmarks;

/// <summary>A model, an estimator and an optimizer of the catalogues, ready to make training steps.</summary>
internal sealed class TrainingStep : ITimed
{
    private const double LearningRate = 1e-3;

    private readonly Generator rng;
    private readonly TrainableModel model;
    private readonly GradientEstimator estimator;
    private readonly Tensor[] tuned;
    private readonly Optimizer optimizer;
    private readonly IScheduled[] scheduled;
    private readonly Func<int, GradientEstimator, Generator, TrainingObjective> objective;
    private int made;

    /// <param name="model">The model, an <see cref="IHasDiscreteLatents"/>.</param>
    /// <param name="estimatorName">An estimator of the catalogue.</param>
    /// <param name="settings">Of the estimator and the optimizer.</param>
    /// <param name="initial">The source of the estimator's initial weights.</param>
    /// <param name="objective">The model's objective in a step, whose number, from 0, says on which batch.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal TrainingStep(
        TrainableModel model, string estimatorName, Settings settings, Generator initial, Func<int, GradientEstimator, Generator, TrainingObjective> objective, Device device)
    {
        (this.model, this.objective) = (model, objective);
        rng = new Generator(1, device);
        model.to(device);
        var latents = (IHasDiscreteLatents)model;
        estimator = StabilitySettings.Regularize(
            settings,
            EstimatorCatalog.All.Find(estimatorName).Create(settings, new(latents.LatentLayers, latents.ContextSize, latents.LogitParameters.Count, initial)));
        estimator.to(device);
        tuned = [.. estimator.parameters()];
        optimizer = OptimizerCatalog.Read(settings).Create(model.parameters(), tuned);
        optimizer.learning_rate = LearningRate;
        scheduled = [.. model.SelfAndModules().Concat(estimator.SelfAndModules()).OfType<IScheduled>()];
    }

    /// <summary>Training steps of a model of images.</summary>
    /// <param name="model">A model of the catalogue.</param>
    /// <param name="estimator">An estimator of the catalogue.</param>
    /// <param name="settings">Of the model, the estimator and the optimizer.</param>
    /// <param name="input">The data the model is for.</param>
    /// <param name="batches">The data, batch by batch [B, D].</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal static TrainingStep OfImages(string model, string estimator, Settings settings, ModelInput input, IReadOnlyList<Tensor> batches, Device device)
    {
        var entry = ModelCatalog.All.Find(model);
        var made = (DiscreteLatentModel)entry.OfImages!(input, settings.Fill(entry.NewOptions()));
        return new(made, estimator, settings, input.Rng, (step, gradient, rng) => made.Objective(batches[step % batches.Count], gradient, rng), device);
    }

    /// <summary>One training step, on the next batch.</summary>
    internal void Make()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var s in scheduled) s.Step = made;
        var bound = objective(made++, estimator, rng);
        optimizer.zero_grad();
        bound.Backward(tuned);
        optimizer.step();
        _ = bound.Value.Number();
    }

    /// <inheritdoc/>
    public double[] Run(int steps)
    {
        var seconds = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Make();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
        estimator.Dispose();
        rng.Dispose();
    }
}
