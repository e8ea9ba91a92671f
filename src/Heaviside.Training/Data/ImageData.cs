namespace Heaviside.Data;

/// <summary>Images to train on: batches have <c>pixels</c>, <c>[D]</c> in [0, 1], and <c>labels</c> where the set has classes.</summary>
/// <param name="set">The images.</param>
/// <param name="binarization">What becomes of grey values.</param>
public sealed class ImageData(DataSet set, Binarization binarization) : StoredData
{
    /// <summary>What images are called in batches.</summary>
    public const string Pixels = "pixels";

    /// <summary>What classes are called in batches.</summary>
    public const string Labels = "labels";

    /// <summary>The images.</summary>
    public DataSet Set => set;

    /// <summary>What becomes of grey values.</summary>
    public Binarization Binarization => binarization;

    /// <summary>How training images are changed anew in every epoch; default not at all.</summary>
    public Augmentation Augmentation { get; init; }

    /// <summary>The mean of each pixel over the training set as models see it, in [0, 1]; computed once, when first asked for.</summary>
    public float[] PixelMeans => field ??= binarization.PixelMeans(set.Train);

    /// <inheritdoc/>
    public override string Name => set.Name;

    /// <inheritdoc/>
    public override string Source => set.Source;

    /// <summary>SHA-256 over sizes, grey values and labels: it does not depend on the binarization.</summary>
    public override string Fingerprint => set.Fingerprint;

    /// <inheritdoc/>
    public override string Unit => "images";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Facts =>
        [("binarization", binarization.ToString()!), .. Augmentation == Augmentation.None ? [] : new[] { ("augmentation", CropFlip.Description) }];

    /// <inheritdoc/>
    public override Examples Examples(Split split) => set.Part(split).ToExamples(binarization);

    /// <inheritdoc/>
    public override IBatchSource Shuffled(Split split, int batchSize, ulong seed) => split == Split.Train
        ? BatchLoader.Shuffled(set.Train.ToExamples(binarization, Augmentation), batchSize, seed)
        : base.Shuffled(split, batchSize, seed);
}
