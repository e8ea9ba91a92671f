using Heaviside.Configuration;
using Heaviside.Data.Readers;

namespace Heaviside.Data.Sources;

/// <summary>Images <c>[N, H, W]</c> in an IDX file, with the classes in the file beside it, if there is one, and the test part likewise.</summary>
/// <remarks>The file of classes is named as that of the images, with <c>labels-idx1</c> in place of <c>images-idx3</c>; that of the test images with
/// <c>t10k</c> or <c>test</c> in place of <c>train</c>. Each may have <c>.gz</c> behind it.</remarks>
/// <param name="path">The file of the images.</param>
public sealed class IdxFile(string path) : DataSource
{
    /// <summary>How images are split where there are no test images.</summary>
    [OptionGroup]
    public RandomSplit Split { get; init; } = new();

    /// <inheritdoc/>
    public override TrainingData Load(DataFolders folders)
    {
        var train = Read(path);
        var (folder, name) = (Path.GetDirectoryName(path) ?? "", Path.GetFileName(path));
        var test = name.StartsWith("train", StringComparison.Ordinal) ? new[] { "t10k", "test" }.Select(t => Beside(folder, t + name["train".Length..])).FirstOrDefault(f => f is not null) : null;
        var all = test is null ? train : Joined(train, Read(test), test);
        var partition = Split.Of(train.Count, test: all.Count - train.Count);
        return all.ToData(DataPath.Name(path), "an IDX file", partition);
    }

    private static ImageArray Read(string images)
    {
        var (sizes, pixels) = IdxReader.ReadAny(images, 3);
        var (folder, name) = (Path.GetDirectoryName(images) ?? "", Path.GetFileName(images));
        var other = name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        var labels = other == name ? null : Beside(folder, other);
        return new(ImageArrays.Stretched(pixels), 1, sizes[1], sizes[2], labels is null ? null : IdxReader.Read(labels, sizes[0]));
    }

    private static ImageArray Joined(ImageArray train, ImageArray test, string file)
    {
        if ((test.Height, test.Width) != (train.Height, train.Width))
            throw new InputException($"{file}: has images of {test.Height} x {test.Width}, those to train on are of {train.Height} x {train.Width}");
        if (test.Labels is null != train.Labels is null) throw new InputException($"{file}: one of training and test part has labels, and the other has none");
        return train with { Pixels = [.. train.Pixels, .. test.Pixels], Labels = train.Labels is null ? null : [.. train.Labels, .. test.Labels!] };
    }

    private static string? Beside(string folder, string name)
    {
        var plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return new[] { plain, plain + ".gz" }.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
    }
}
