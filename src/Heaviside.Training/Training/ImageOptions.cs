using Heaviside.Configuration;
using Heaviside.Data;

namespace Heaviside.Training;

/// <summary>How images are seen: settings whose defaults depend on the data set.</summary>
internal static class ImageOptions
{
    /// <summary>What becomes of grey values.</summary>
    internal const string Binarization = "binarization";

    private const string Attributes = "attributes";

    private const string Augment = "augment";

    private static readonly Dictionary<string, Augmentation> Augmentations = Enum.GetValues<Augmentation>().ToDictionary(a => OptionInfo.Kebab($"{a}"));

    /// <summary>The settings that there are.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [Binarization, Attributes, Augment];

    /// <summary>Images as settings would have them.</summary>
    /// <exception cref="InputException">A setting is wrong, or not for these images.</exception>
    internal static ImageData Read(Settings settings, DataSet images)
    {
        var classified = Classify(settings, images);
        return new(classified, Data.Binarization.Parse(settings.Text(Binarization, classified.DefaultBinarization.ToString()!, "none, threshold, dynamic or fixed(seed=N)")))
        {
            Augmentation = Augmentations[settings.Choice(Augment, Augmentations.Keys.First(), [.. Augmentations.Keys], "training images changed anew in every epoch: moved by up to 4 pixels and mirrored, or not")],
        };
    }

    // Classes of images that have attributes but no labels are made of some of these.
    private static DataSet Classify(Settings settings, DataSet images)
    {
        if (images.Train is { Labels: null, Attributes: { } table })
            return images.ClassifiedBy(settings.Choices(Attributes, table.Usual, table.Names, "what an image's class is made of, the first the most significant bit of its number"));
        return settings.Has(Attributes) ? throw new InputException($"setting '{Attributes}' is for images that have attributes and no labels, which {images.Name} are not") : images;
    }
}
