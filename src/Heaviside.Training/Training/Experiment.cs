using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Optimizers;
using Heaviside.Priors.Partition;
using Heaviside.Regularizers;
using Heaviside.Training.Probes;

namespace Heaviside.Training;

/// <summary>Everything that is trained together: data, model, estimator, optimizer and how to train.</summary>
/// <remarks>It is made of parts in C#, or of settings, which are one way to say the parts. It disposes the parts.</remarks>
/// <example><code>
/// using var experiment = new Experiment(new Regression(inputs: 13, bits: 20), table, new Rebar(), new TrainingOptions { Steps = 2000 });
/// RunResult result = Trainer.Train(experiment, "runs/regression");
/// </code></example>
public sealed class Experiment : IDisposable
{
    private readonly ExperimentPlan? plan;
    private readonly Func<GradientEstimator>? otherEstimator;
    private readonly OptimizerOptions optimizer;

    /// <summary>An experiment of parts.</summary>
    /// <param name="model">The model; it is moved to the options' device.</param>
    /// <param name="data">What it is trained on and judged by.</param>
    /// <param name="estimator">What estimates the gradient through the latent variables; null: none is needed. One that learns something is prepared for the model,
    /// unless it was before.</param>
    /// <param name="options">How long and how to train; null: as by default.</param>
    /// <param name="optimizer">What changes the parameters; null: Adam.</param>
    /// <exception cref="ArgumentException">The estimator learns something, and the model is no <see cref="IHasDiscreteLatents"/>.</exception>
    public Experiment(TrainableModel model, TrainingData data, GradientEstimator? estimator = null, TrainingOptions? options = null, OptimizerOptions? optimizer = null)
    {
        (Model, Data, Estimator, this.optimizer) = (model, data, estimator, optimizer ?? new AdamOptions());
        Settings = PartSettings.Of(model, data, estimator, options ?? new(), this.optimizer);
        Options = Resolve(options ?? new(), data);
        model.to(Device);
        if (estimator is { NeedsPreparation: true }) Prepare(estimator, "initial weights of the estimator");
        estimator?.to(Device);
        Optimizer = CreateOptimizer(model.parameters(), estimator);
    }

    private Experiment(ExperimentPlan plan, TrainingData data, Func<GradientEstimator>? otherEstimator = null)
    {
        (this.plan, this.otherEstimator, optimizer, Settings, Data, Partition) = (plan, otherEstimator, plan.Optimizer, plan.Settings, data, plan.Partition);
        Options = Resolve(plan.Options, data);
        Model = CreateModel("initial weights");
        if (plan.Estimator is not null)
        {
            Estimator = CreateEstimator("initial weights of the estimator");
            RequireSupported(Estimator, plan.Estimator.Name);
        }

        Supervision = Supervision.Of(plan.Labels, Model, data, Options.Seed, Device);
        Optimizer = CreateOptimizer(Model.parameters(), Estimator);
        Probes = plan.Probes.Create(this);
    }

    /// <summary>The settings, all of them read: <see cref="Settings.Resolved"/> is the complete recipe; of an experiment of parts, what their options say.</summary>
    public Settings Settings { get; }

    /// <summary>What is trained on and judged by.</summary>
    public TrainingData Data { get; }

    /// <summary>The data, as images.</summary>
    /// <exception cref="InputException">They are no images.</exception>
    public ImageData Images => Data as ImageData ?? throw new InputException($"this is for images, which {Data.Name} are not ({Data.Source})");

    /// <summary>The network.</summary>
    public TrainableModel Model { get; }

    /// <summary>The network, as one of images with latent variables.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public LatentVariableModel ImageModel => Model as LatentVariableModel ?? throw new InputException($"this is for models of images, which {ModelName} is not");

    /// <summary>What estimates the gradient through the latent variables; null where none is needed.</summary>
    public GradientEstimator? Estimator { get; }

    /// <summary>The network, as one of images that estimators train.</summary>
    /// <exception cref="InputException">It needs no estimator.</exception>
    public DiscreteLatentModel DiscreteModel => Model as DiscreteLatentModel
        ?? throw new InputException($"the model '{ModelName}' trains without a gradient estimator, there is nothing to compare or to estimate");

    /// <summary>The network's latent variables.</summary>
    /// <exception cref="InputException">It says nothing of them: it needs no estimator.</exception>
    public IHasDiscreteLatents Latents => Model as IHasDiscreteLatents
        ?? throw new InputException($"the model '{ModelName}' trains without a gradient estimator, there is nothing to compare or to estimate");

    /// <summary>What the model learns from labels; null where it learns from none.</summary>
    public Supervision? Supervision { get; }

    /// <summary>How log Z is computed for test bounds of a model with a Boltzmann machine as its prior; null for others.</summary>
    public PartitionEstimator? Partition { get; }

    /// <summary>What changes the parameters of the model and of the estimator.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What follows the run beside its validations, by name; none by default.</summary>
    public IReadOnlyList<(string Name, Probe Probe)> Probes { get; init; } = [];

    /// <summary>How long and how to train, with the numbers of steps that follow from the data.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Whether settings describe all of it, so that they make it anew.</summary>
    internal bool IsOfSettings => plan is not null;

    /// <summary>Where to compute.</summary>
    public Device Device => Options.Device.Torch;

    /// <summary>What the model is called: its name in the catalogue, or its class.</summary>
    public string ModelName => Settings.Value(PartSettings.Model);

    /// <summary>What the estimator is called: its name in the catalogue, or its class, or "none".</summary>
    public string EstimatorName => Settings.Value(PartSettings.Estimator);

    /// <summary>Builds what the settings say.</summary>
    /// <exception cref="InputException">A setting is unknown or wrong, or the data set is not there.</exception>
    public static Experiment Create(Settings settings, DataFolders folders)
    {
        var plan = ExperimentPlan.Read(settings);
        return new(plan, plan.Load(folders));
    }

    /// <summary>Makes sure that settings describe an experiment, without its data and its networks: in a millisecond or so.</summary>
    /// <exception cref="InputException">A setting is unknown or wrong, or some do not go together.</exception>
    public static void Require(Settings settings) => ExperimentPlan.Read(settings.With([]));

    /// <summary>The settings that there are for a model and its training, each with its default; no network is built.</summary>
    public static Settings Describe(ModelEntry model) => ExperimentPlan.Describe(model);

    /// <summary>Builds what the settings say around images, and an estimator if given, that need not be of the catalogues.</summary>
    internal static Experiment Create(Settings settings, DataSet data, Func<GradientEstimator>? estimator = null)
    {
        var plan = ExperimentPlan.Read(settings, tunes: estimator is not null);
        return new(plan, plan.Complete(new ImageData(data, data.DefaultBinarization)), estimator);
    }

    /// <summary>Another model of the same settings.</summary>
    /// <param name="purpose">Names the seed of its initial weights.</param>
    internal TrainableModel CreateModel(string purpose)
    {
        using var rng = new Generator(Seeds.Derive(Options.Seed, purpose));
        var model = Plan.CreateModel(Data, rng);
        model.to(Device);
        return model;
    }

    /// <summary>Another estimator of the same settings, for a model of the same settings.</summary>
    /// <param name="purpose">Names the seed of its initial weights.</param>
    internal GradientEstimator CreateEstimator(string purpose)
    {
        var estimator = otherEstimator?.Invoke() ?? Plan.ReadEstimator();
        if (!estimator.IsPrepared) Prepare(estimator, purpose);
        estimator.to(Device);
        return estimator;
    }

    /// <summary>Another optimizer of the same settings.</summary>
    internal Optimizer CreateOptimizer(IEnumerable<Tensor> parameters, GradientEstimator? estimator) =>
        optimizer.Create(parameters, estimator?.parameters(), plan?.Tuning);

    /// <summary>One estimate for two training examples, forgotten again: whether an estimator fits the model is known before training starts.</summary>
    /// <exception cref="InputException">It does not.</exception>
    internal void RequireSupported(GradientEstimator estimator, string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed: 0, Device);
        using var frozen = new FrozenStatistics(Model);
        using var batch = Data.InOrder(Split.Train, batchSize: 2, seed: 0).At(0, 0);
        var before = estimator.state_dict().ToDictionary(t => t.Key, t => t.Value.clone());
        batch.Device = Device;
        try
        {
            Model.Objective(batch, estimator, rng);
        }
        catch (UnsupportedException error)
        {
            throw new InputException($"the estimator '{name}' cannot train the model '{ModelName}' with these settings: {error.Message}", error);
        }

        estimator.LoadState(before);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, probe) in Probes)
        {
            foreach (var optimizer in probe.Optimizers) optimizer.Dispose();
            probe.Dispose();
        }

        Optimizer.Dispose();
        Model.Dispose();
        Estimator?.Dispose();
    }

    private ExperimentPlan Plan => plan ?? throw new InputException("this needs an experiment of settings: of another, no second model can be made");

    private static TrainingOptions Resolve(TrainingOptions options, TrainingData data) =>
        options.For(data.Shuffled(Split.Train, options.BatchSize, options.Seed).BatchesPerEpoch);

    private void Prepare(GradientEstimator estimator, string purpose)
    {
        var latents = Model as IHasDiscreteLatents
            ?? throw new ArgumentException($"{estimator.GetType().Name} learns something of the shape of the latent variables: {Model.GetType().Name} must be an {nameof(IHasDiscreteLatents)}, or the estimator prepared before", nameof(estimator));
        using var rng = new Generator(Seeds.Derive(Options.Seed, purpose));
        try
        {
            estimator.Prepare(new(latents.LatentLayers, latents.ContextSize, latents.LogitParameters.Count, rng));
        }
        catch (ArgumentException error) when (plan is not null)
        {
            throw new InputException(error.Message, error);
        }
    }
}
