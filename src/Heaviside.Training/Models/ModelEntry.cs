using Heaviside.Configuration;
using Heaviside.Data;

namespace Heaviside.Models;

/// <summary>A model in the catalogue.</summary>
public sealed class ModelEntry : ICatalogEntry
{
    private readonly Func<TrainingData, Generator, object, TrainableModel> create;

    private ModelEntry(string name, string summary, Type type, Func<object> newOptions, Func<TrainingData, Generator, object, TrainableModel> create) =>
        (Name, Summary, Type, NewOptions, this.create) = (name, summary, type, newOptions, create);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>One line on what it is.</summary>
    public string Summary { get; }

    /// <summary>The model's class.</summary>
    public Type Type { get; }

    /// <summary>Makes its options, as they are by default, declared with <see cref="OptionAttribute"/>: recipes, help and documentation know them without a model.</summary>
    public Func<object> NewOptions { get; }

    /// <summary>The data that it is trained on where nothing else is asked for.</summary>
    public string DefaultData { get; private init; } = DataCatalog.Default;

    /// <summary>Whether a gradient estimator trains it.</summary>
    public bool NeedsEstimator => Is<IHasDiscreteLatents>();

    /// <summary>An entry of a model of images.</summary>
    /// <typeparam name="TOptions">Has the options as init properties.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="name">Its name in kebab case, as recipes and the command line write it.</param>
    /// <param name="summary">One line on what it is.</param>
    /// <param name="create">Makes one for images; its constructor throws an <see cref="InputException"/> where options and data do not go together.</param>
    /// <example><code>ModelCatalog.All.Add(ModelEntry.Of("mine", "a model of my own", (ModelInput input, MineOptions options) => new Mine(input, options)));</code></example>
    public static ModelEntry Of<TOptions, TModel>(string name, string summary, Func<ModelInput, TOptions, TModel> create)
        where TOptions : class, new()
        where TModel : LatentVariableModel =>
        new(name, summary, typeof(TModel), () => new TOptions(), (data, rng, options) => create(ModelInput.Of(Images(name, data), rng), (TOptions)options))
        {
            OfImages = (input, options) => create(input, (TOptions)options),
        };

    /// <summary>An entry of a model of other data, or of any.</summary>
    /// <typeparam name="TOptions">Has the options as init properties.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="name">Its name in kebab case.</param>
    /// <param name="summary">One line on what it is.</param>
    /// <param name="create">Makes one for data, whose generator is on the device where the weights are to be; throws an <see cref="InputException"/> where they do not go together.</param>
    /// <param name="defaultData">What it is trained on where nothing else is asked for.</param>
    public static ModelEntry Of<TOptions, TModel>(string name, string summary, Func<TrainingData, Generator, TOptions, TModel> create, string defaultData = DataCatalog.Default)
        where TOptions : class, new()
        where TModel : TrainableModel =>
        new(name, summary, typeof(TModel), () => new TOptions(), (data, rng, options) => create(data, rng, (TOptions)options)) { DefaultData = defaultData };

    /// <summary>Makes one without data, for what is known of some; null for models that are for other data as well.</summary>
    internal Func<ModelInput, object, LatentVariableModel>? OfImages { get; private init; }

    /// <summary>Whether the model's class is, or has, what <typeparamref name="T"/> says.</summary>
    public bool Is<T>() => typeof(T).IsAssignableFrom(Type);

    /// <summary>A model.</summary>
    /// <param name="data">What it is for.</param>
    /// <param name="rng">The source of the initial weights.</param>
    /// <param name="options">Of the type that <see cref="NewOptions"/> makes.</param>
    /// <exception cref="InputException">It cannot be made for such data, or with such options.</exception>
    public TrainableModel Create(TrainingData data, Generator rng, object options) => create(data, rng, options);

    private static ImageData Images(string name, TrainingData data) =>
        data as ImageData ?? throw new InputException($"the model '{name}' is for images, which {data.Name} is not ({data.Source}); for tables there is table-prediction");
}
