using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Models;
using Heaviside.Optimizers;

namespace Heaviside.Training;

/// <summary>What the parts of an experiment are, as the settings of its run: results name them, and a run is continued with the same ones.</summary>
internal static class PartSettings
{
    /// <summary>The setting that names the model.</summary>
    internal const string Model = "model";

    /// <summary>The setting that names the estimator.</summary>
    internal const string Estimator = "estimator";

    /// <summary>The setting that names the data.</summary>
    internal const string Data = "data";

    /// <summary>In place of an estimator where there is none.</summary>
    internal const string None = "none";

    /// <summary>The settings of parts that were made in C#: their names and their options.</summary>
    internal static Settings Of(TrainableModel model, TrainingData data, GradientEstimator? estimator, TrainingOptions options, OptimizerOptions optimizer)
    {
        var settings = new Settings();
        Name(Model, Kebab(model), "the model's class");
        Name(Data, data.Name, "the data");
        foreach (var (name, value) in data.Facts) Name(name, value, "of the data");
        Name(Estimator, estimator is null ? None : Kebab(estimator), "the estimator's class");
        foreach (var part in new object?[] { options, model, estimator, optimizer })
            if (part is not null) settings.Note(part);
        return settings;

        void Name(string key, string value, string description) => settings.Text(key, value, description);
        static string Kebab(object part) => OptionInfo.Kebab(part.GetType().Name);
    }
}
