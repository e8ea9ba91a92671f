using System.Text.RegularExpressions;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Optimizers;
using Heaviside.Priors.Partition;
using Heaviside.Regularizers;
using Heaviside.Training.Probes;

namespace Heaviside.Training;

/// <summary>Everything that settings describe, put together: data, model, estimator, optimizer and how to train.</summary>
public sealed partial class Experiment : IDisposable
{
    private readonly Func<ModelInput, LatentVariableModel> createModel;
    private readonly EstimatorEntry? estimatorEntry;
    private readonly Func<GradientEstimator>? otherEstimator;
    private readonly float[] pixelMeans;

    private Experiment(Settings settings, Func<string, DataSet> load, Func<GradientEstimator>? otherEstimator = null)
    {
        Settings = settings;
        var model = ReadModel(settings);
        var data = settings.Text("data", DataCatalog.Default, "which data set: " + string.Join(", ", DataCatalog.All.Names));
        estimatorEntry = ReadEstimator(settings, model);
        createModel = input => model.Create(settings, input);
        this.otherEstimator = otherEstimator;

        Data = Classify(settings, load(data));
        Binarization = Binarization.Parse(settings.Text("binarization", Data.DefaultBinarization.ToString()!, "none, threshold, dynamic or fixed(seed=N)"));
        Options = TrainingOptions.Read(settings, Data.Train.Count);
        Device = ParseDevice(settings.Text("device", "cpu", "where to compute: cpu, cuda or cuda:N"));
        TestSamples = settings.Int("test-samples", 100, 1, 1_000_000, "samples of the importance-weighted test bound; 1: none but the evidence lower bound");

        pixelMeans = Binarization.PixelMeans(Data.Train);
        Model = CreateModel("initial weights");
        if (estimatorEntry is not null)
        {
            Estimator = CreateEstimator("initial weights of the estimator");
            RequireSupported(Estimator, estimatorEntry.Name);
        }

        Supervision = Supervision.Read(settings, Model, Data.Train, Binarization, Options.Seed, Device);
        if (Model is IHasBoltzmannPrior) Partition = PartitionSettings.Create(settings);
        Optimizer = CreateOptimizer(Model.parameters(), Estimator);
        Probes = [.. ProbeCatalog.Read(settings).Select(p => (p.Name, p.Create(settings, this)))];
        settings.EnsureAllRead();
    }

    /// <summary>The settings, all of them read: <see cref="Settings.Resolved"/> is the complete recipe.</summary>
    public Settings Settings { get; }

    /// <summary>The images.</summary>
    public DataSet Data { get; }

    /// <summary>What becomes of grey pixels.</summary>
    public Binarization Binarization { get; }

    /// <summary>The network.</summary>
    public LatentVariableModel Model { get; }

    /// <summary>What estimates the gradient through the latent variables; null for a <see cref="PathwiseModel"/>.</summary>
    public GradientEstimator? Estimator { get; }

    /// <summary>The network, as one that estimators train.</summary>
    /// <exception cref="InputException">It needs no estimator.</exception>
    public DiscreteLatentModel DiscreteModel => Model as DiscreteLatentModel
        ?? throw new InputException($"the model '{Name("model")}' trains without a gradient estimator, there is nothing to compare or to estimate");

    /// <summary>What the model learns from labels; null where it learns from none.</summary>
    public Supervision? Supervision { get; }

    /// <summary>How log Z is computed for test bounds of a model with a Boltzmann machine as its prior; null for others.</summary>
    public PartitionEstimator? Partition { get; }

    /// <summary>What changes the parameters of the model and of the estimator.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What follows the run beside its validations, by name.</summary>
    public IReadOnlyList<(string Name, Probe Probe)> Probes { get; }

    /// <summary>How long and how to train.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Where to compute.</summary>
    public Device Device { get; }

    /// <summary>Samples of the importance-weighted test bound.</summary>
    public int TestSamples { get; }

    /// <summary>Builds what the settings say.</summary>
    /// <exception cref="InputException">A setting is unknown or wrong, or the data set is not there.</exception>
    public static Experiment Create(Settings settings, DataFolders folders) =>
        new(settings, name => DataCatalog.Load(name, folders));

    /// <summary>Builds what the settings say around images, and an estimator if given, that need not be of the catalogues.</summary>
    internal static Experiment Create(Settings settings, DataSet data, Func<GradientEstimator>? estimator = null) => new(settings, _ => data, estimator);

    /// <summary>Another model of the same settings.</summary>
    /// <param name="purpose">Names the seed of its initial weights.</param>
    internal LatentVariableModel CreateModel(string purpose)
    {
        using var rng = new Generator(Seeds.Derive(Options.Seed, purpose));
        var train = Data.Train;
        var model = createModel(new(train.Channels, train.Height, train.Width, pixelMeans, rng));
        model.to(Device);
        return model;
    }

    /// <summary>Another estimator of the same settings, for a model of the same settings.</summary>
    /// <param name="purpose">Names the seed of its initial weights.</param>
    internal GradientEstimator CreateEstimator(string purpose)
    {
        using var rng = new Generator(Seeds.Derive(Options.Seed, purpose));
        var model = DiscreteModel;
        var estimator = otherEstimator?.Invoke()
            ?? StabilitySettings.Regularize(Settings, estimatorEntry!.Create(Settings, new(model.LatentLayers, model.ContextSize, model.LogitParameters.Count, rng)));
        estimator.to(Device);
        return estimator;
    }

    /// <summary>Another optimizer of the same settings.</summary>
    internal Optimizer CreateOptimizer(IEnumerable<Tensor> parameters, GradientEstimator? estimator) =>
        OptimizerCatalog.Create(Settings, parameters, estimator?.parameters() ?? []);

    /// <summary>One estimate for two blank images, forgotten again: whether an estimator fits the model is known before training starts.</summary>
    /// <exception cref="InputException">It does not.</exception>
    internal void RequireSupported(GradientEstimator estimator, string name)
    {
        using var scope = torch.NewDisposeScope();
        using var rng = new Generator(seed: 0, Device);
        using var frozen = new FrozenStatistics(Model);
        var before = estimator.state_dict().ToDictionary(t => t.Key, t => t.Value.clone());
        try
        {
            DiscreteModel.Objective(torch.zeros([2, Data.Train.ImageSize], device: Device), estimator, rng);
        }
        catch (UnsupportedException error)
        {
            throw new InputException($"the estimator '{name}' cannot train the model '{Name("model")}' with these settings: {error.Message}", error);
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

    /// <summary>Refuses a model or an estimator that is not there, before anything is fetched for it.</summary>
    /// <exception cref="InputException">One is not there, or they do not go together.</exception>
    internal static void RequireNames(Settings settings)
    {
        var unread = settings.With([]);
        ReadEstimator(unread, ReadModel(unread));
    }

    private static ModelEntry ReadModel(Settings settings) =>
        ModelCatalog.All.Find(settings.Text("model", ModelCatalog.All.Names[0], "which model: " + string.Join(", ", ModelCatalog.All.Names)));

    // A model that needs no estimator has none, and settings say so.
    private static EstimatorEntry? ReadEstimator(Settings settings, ModelEntry model)
    {
        const string None = "none";
        var name = settings.Text("estimator", model.NeedsEstimator ? "gumbel-softmax" : None, "which gradient estimator: see heaviside estimators");
        if (model.NeedsEstimator && name == None) throw new InputException($"the model '{model.Name}' needs a gradient estimator; without one train {string.Join(", ", ModelCatalog.All.Where(m => !m.NeedsEstimator).Select(m => m.Name))}");
        if (model.NeedsEstimator) return EstimatorCatalog.All.Find(name);
        return name == None ? null : throw new InputException($"the model '{model.Name}' trains without a gradient estimator: leave out 'estimator', got '{name}'");
    }

    // Classes of images that have attributes but no labels are made of some of these.
    private static DataSet Classify(Settings settings, DataSet data) => data.Train is not { Labels: null, Attributes: { } table }
        ? data
        : data.ClassifiedBy(settings.Choices("attributes", table.Usual, table.Names, "what an image's class is made of, the first the most significant bit of its number"));

    private string Name(string key) => Settings.Resolved.Single(s => s.Key == key).Value;

    /// <summary>Reads a device and makes sure that it is there.</summary>
    /// <exception cref="InputException">It is no device, or not of this machine.</exception>
    public static Device ParseDevice(string text)
    {
        if (!Form().IsMatch(text)) throw new InputException($"setting 'device': '{text}' is no device: write cpu, cuda or cuda:N");
        var device = new Device(text);
        var gpus = torch.cuda.device_count();
        if (device.type == DeviceType.CUDA && Math.Max(device.index, 0) >= gpus)
            throw new InputException($"device '{text}' is not there: this machine's libtorch sees {gpus} CUDA devices; use --device cpu");
        return device;
    }

    [GeneratedRegex(@"^(cpu|cuda)(:\d{1,3})?$")]
    private static partial Regex Form();
}
