using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Optimizers;
using Heaviside.Priors.Partition;
using Heaviside.Regularizers;
using Heaviside.Training.Probes;

namespace Heaviside.Training;

/// <summary>An experiment as settings describe it: which parts, with which options. All of it is checked before any data are read and any network is built.</summary>
internal sealed class ExperimentPlan
{
    private readonly object modelOptions;
    private readonly DataSource source;

    private ExperimentPlan(Settings settings, bool tunes)
    {
        Settings = settings;
        Model = ReadModel(settings);
        source = settings.Fill(DataCatalog.Source(settings.Text(PartSettings.Data, Model.DefaultData, "a path, or which data set: " + string.Join(", ", DataCatalog.All.Names))));
        Estimator = ReadEstimator(settings, Model);
        if (settings.Given.FirstOrDefault(s => s.Key == ImageOptions.Binarization).Value is { } binarization) Binarization.Parse(binarization);
        Options = settings.Fill(new TrainingOptions());
        modelOptions = settings.Fill(Model.NewOptions());
        if (Estimator is not null)
        {
            using var estimator = ReadEstimator();
            if (estimator.NeedsPreparation || tunes) Tuning = settings.Fill(new TuningOptions());
        }

        Labels = Model.Is<ILearnsLabels>() ? settings.Fill(new LabelOptions()) : new();
        if (Model.Is<IHasBoltzmannPrior>()) Partition = PartitionSettings.Create(settings);
        Optimizer = OptimizerCatalog.Read(settings);
        Probes = settings.Fill(new ProbeOptions());
        settings.EnsureAllRead(ImageOptions.Keys); // whose defaults the data decide
    }

    /// <summary>The settings, all of them read.</summary>
    internal Settings Settings { get; }

    /// <summary>What loads the data.</summary>
    internal DataSource Source => source;

    /// <summary>Which model.</summary>
    internal ModelEntry Model { get; }

    /// <summary>Which estimator; null for a model that needs none.</summary>
    internal EstimatorEntry? Estimator { get; }

    /// <summary>How long and how to train.</summary>
    internal TrainingOptions Options { get; }

    /// <summary>What is learned from labels.</summary>
    internal LabelOptions Labels { get; }

    /// <summary>How log Z is computed; null where it is not needed.</summary>
    internal PartitionEstimator? Partition { get; }

    /// <summary>What changes the parameters.</summary>
    internal OptimizerOptions Optimizer { get; }

    /// <summary>How the estimator learns; as by default where it learns nothing.</summary>
    internal TuningOptions Tuning { get; } = new();

    /// <summary>What follows the run.</summary>
    internal ProbeOptions Probes { get; }

    /// <summary>Reads settings, all of which must be known.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="tunes">Whether another estimator takes the place of the one that is named, and learns something.</param>
    /// <exception cref="InputException">One is unknown or wrong, or some do not go together.</exception>
    internal static ExperimentPlan Read(Settings settings, bool tunes = false) => new(settings, tunes);

    /// <summary>The settings of a model and of all that is chosen with it.</summary>
    internal static Settings Describe(ModelEntry model)
    {
        var settings = new Settings();
        settings.Fill(model.NewOptions());
        OptimizerCatalog.Read(settings);
        settings.Fill(new TrainingOptions());
        if (model.Is<ILearnsLabels>()) settings.Fill(new LabelOptions());
        if (model.Is<IHasBoltzmannPrior>())
        {
            PartitionSettings.Create(settings);
            foreach (var method in PartitionCatalog.All) method.Create(settings); // those of every method, whichever is the default
        }

        settings.Fill(new ProbeOptions());
        return settings;
    }

    /// <summary>The data that the settings name.</summary>
    /// <exception cref="InputException">They are nowhere, or damaged, or a setting is not for them.</exception>
    internal TrainingData Load(DataFolders folders) => Complete(source.Load(folders));

    /// <summary>Data as the settings would have them seen.</summary>
    /// <exception cref="InputException">A setting is not for them.</exception>
    internal TrainingData Complete(TrainingData data)
    {
        var complete = data is ImageData images ? ImageOptions.Read(Settings, images.Set) : data;
        Settings.EnsureAllRead();
        return complete;
    }

    /// <summary>A model for data.</summary>
    internal TrainableModel CreateModel(TrainingData data, Generator rng) => Model.Create(data, rng, modelOptions);

    /// <summary>The estimator with its options, not prepared yet.</summary>
    internal GradientEstimator ReadEstimator() => StabilitySettings.Regularize(Settings, Estimator!.Read(Settings));

    private static ModelEntry ReadModel(Settings settings) =>
        ModelCatalog.All.Find(settings.Text(PartSettings.Model, ModelCatalog.All[0].Name, "which model: " + string.Join(", ", ModelCatalog.All.Names)));

    // A model that needs no estimator has none, and settings say so.
    private static EstimatorEntry? ReadEstimator(Settings settings, ModelEntry model)
    {
        var name = settings.Text(PartSettings.Estimator, model.NeedsEstimator ? "gumbel-softmax" : PartSettings.None, $"which gradient estimator: see {HostProgram.Name} estimators");
        if (model.NeedsEstimator && name == PartSettings.None)
            throw new InputException($"the model '{model.Name}' needs a gradient estimator; without one train {string.Join(", ", ModelCatalog.All.Where(m => !m.NeedsEstimator).Select(m => m.Name))}");
        if (model.NeedsEstimator) return EstimatorCatalog.All.Find(name);
        return name == PartSettings.None ? null : throw new InputException($"the model '{model.Name}' trains without a gradient estimator: leave out 'estimator', got '{name}'");
    }
}
