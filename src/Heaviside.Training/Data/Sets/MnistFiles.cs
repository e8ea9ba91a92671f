using Heaviside.Data.Readers;

namespace Heaviside.Data.Sets;

/// <summary>What MNIST and the sets made in its image share: four IDX files of 60,000 and 10,000 images of 28 x 28, 10 classes.</summary>
internal static class MnistFiles
{
    private const int Side = 28, TrainCount = 60_000, ValidationCount = 10_000, TestCount = 10_000, Classes = 10;

    /// <summary>The four files' names, without <c>.gz</c>.</summary>
    public static readonly string[] Names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Reads the four files; the last 10,000 training images become the validation part.</summary>
    public static DataSet Read(string name, IReadOnlyList<string> paths)
    {
        ImageSet train = new(Images(paths[0], TrainCount), 1, Side, Side, Labels(paths[1], TrainCount));
        return new DataSet(
            name,
            "published IDX files; validation is the last 10,000 training images",
            train.Slice(0, TrainCount - ValidationCount, Split.Train),
            train.Slice(TrainCount - ValidationCount, ValidationCount, Split.Validation),
            new ImageSet(Images(paths[2], TestCount), 1, Side, Side, Labels(paths[3], TestCount)) { Split = Split.Test });
    }

    /// <summary>Pixels of an IDX file that must hold <paramref name="count"/> images of 28 x 28.</summary>
    public static byte[] Images(string path, int count) => IdxReader.Read(path, count, Side, Side);

    private static byte[] Labels(string path, int count)
    {
        var labels = IdxReader.Read(path, count);
        var wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        return wrong < 0 ? labels : throw new InputException($"{path}: label {wrong} is {labels[wrong]}, expected 0 to {Classes - 1}");
    }
}
