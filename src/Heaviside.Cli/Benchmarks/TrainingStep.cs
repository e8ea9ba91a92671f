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
    private readonly DiscreteLatentModel model;
    private readonly GradientEstimator estimator;
    private readonly Tensor[] tuned;
    private readonly Optimizer optimizer;
    private readonly IScheduled[] scheduled;
    private readonly IReadOnlyList<Tensor> batches;
    private long made;

    /// <param name="modelName">A model of the catalogue.</param>
    /// <param name="estimatorName">An estimator of the catalogue.</param>
    /// <param name="settings">Of the model, the estimator and the optimizer.</param>
    /// <param name="input">The data the model is for.</param>
    /// <param name="batches">The data, batch by batch [B, D].</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UnsupportedException">The estimator is not for such a model.</exception>
    internal TrainingStep(string modelName, string estimatorName, Settings settings, ModelInput input, IReadOnlyList<Tensor> batches, Device device)
    {
        this.batches = batches;
        rng = new Generator(1, device);
        var entry = ModelCatalog.All.Find(modelName);
        model = (DiscreteLatentModel)entry.OfImages!(input, settings.Fill(entry.NewOptions()));
        model.to(device);
        estimator = StabilitySettings.Regularize(
            settings,
            EstimatorCatalog.All.Find(estimatorName).Create(settings, new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, input.Rng)));
        estimator.to(device);
        tuned = [.. estimator.parameters()];
        optimizer = OptimizerCatalog.Read(settings).Create(model.parameters(), tuned);
        optimizer.learning_rate = LearningRate;
        scheduled = [.. model.SelfAndModules().Concat(estimator.SelfAndModules()).OfType<IScheduled>()];
    }

    /// <summary>One training step, on the next batch.</summary>
    internal void Make()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var s in scheduled) s.Step = made;
        var objective = model.Objective(batches[(int)(made++ % batches.Count)], estimator, rng);
        optimizer.zero_grad();
        objective.Backward(tuned);
        optimizer.step();
        _ = objective.Value.Number();
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
