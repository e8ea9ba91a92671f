using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Optimizers;

namespace Heaviside.Training.Probes;

/// <summary>The importance-weighted test bound with an inference network of its own, trained on the test images beside the run.</summary>
/// <remarks>A second model has the decoder and the prior of the run's model at every step and learns its q(b | x) alone, with the
/// same estimator, optimizer and batch size; so that the bound shows the generative model, not how well the run's q does
/// on images that it was not trained on (arXiv:1703.07370, figure App.5).</remarks>
public sealed class InferenceNetwork : Probe
{
    private readonly Experiment experiment;
    private readonly int samples;
    private readonly DiscreteLatentModel model;
    private readonly GradientEstimator estimator;
    private readonly Optimizer optimizer;
    private readonly Learner learner;
    private readonly IBatchSource loader;
    private readonly (Tensor Own, Tensor Followed)[] generative;

    /// <summary>A probe with random initial weights of q.</summary>
    /// <param name="experiment">The run.</param>
    /// <param name="samples">Samples of the bound per image, 1 or more.</param>
    /// <exception cref="InputException">The model has no inference network.</exception>
    public InferenceNetwork(Experiment experiment, int samples)
    {
        if (experiment.DiscreteModel is not IHasPrior)
            throw new InputException("the probe inference-network is for models with a prior and an inference network, such as sbn; this one draws its latent variables from the model itself");
        (this.experiment, this.samples) = (experiment, samples);
        model = (DiscreteLatentModel)experiment.CreateModel("inference network: initial weights");
        estimator = experiment.CreateEstimator("inference network: initial weights of the estimator");
        var inference = model.InferenceParameters.ToHashSet();
        var followed = experiment.Model.state_dict();
        generative = [.. model.state_dict().Where(t => !inference.Contains(t.Value)).Select(t => (t.Value, followed[t.Key]))];
        foreach (var parameter in model.parameters().Where(p => !inference.Contains(p))) parameter.requires_grad_(false);
        optimizer = experiment.CreateOptimizer(model.InferenceParameters, estimator);
        learner = new(model, estimator, optimizer, experiment.Options.LearningRate);
        loader = experiment.Data.Shuffled(Split.Test, experiment.Options.BatchSize, Seeds.Derive(experiment.Options.Seed, "inference network: batches"));
        this.AddModule(nameof(model), model);
        this.AddModule(nameof(estimator), estimator);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Optimizer> Optimizers => [optimizer];

    // Batch and random numbers are functions of the step: there is no position to save.
    /// <inheritdoc/>
    public override void AfterBackward(long step)
    {
        using var scope = torch.NewDisposeScope();
        Follow();
        using var rng = new Generator(Seeds.Derive(experiment.Options.Seed, $"inference network: step {step}"), experiment.Device);
        using var batch = loader.At((int)(step / loader.BatchesPerEpoch), (int)(step % loader.BatchesPerEpoch));
        batch.Device = experiment.Device;
        learner.Backward(learner.Objective(batch, step, rng));
        learner.Update(step);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        Follow();
        return RunReport.Evaluate(experiment, model, samples, Split.Test, observer, CancellationToken.None).Metrics;
    }

    private void Follow()
    {
        using var noGrad = torch.no_grad();
        foreach (var (own, followed) in generative) own.copy_(followed);
    }
}
