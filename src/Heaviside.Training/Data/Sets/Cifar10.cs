using Heaviside.Data.Readers;

namespace Heaviside.Data.Sets;

/// <summary>CIFAR-10: photographs, 32 x 32 color, 10 classes (Krizhevsky 2009); the last tenth of the training images is for validation.</summary>
internal static class Cifar10
{
    private const int Side = 32, Channels = 3;

    private static readonly string[] Batches = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")];

    public static DataSetEntry Entry { get; } = new()
    {
        Name = "cifar-10",
        Summary = "photographs, 32 x 32 color, 10 classes",
        OtherFolderNames = ["cifar-10-batches-bin"],
        Forms =
        [
            new DataForm([.. Batches, "test_batch.bin"], paths => Read(paths, "the five official batches")),
            new DataForm(["data_batch_1.bin", "test_batch.bin"], paths => Read(paths, "only one of the five official batches is there, data_batch_1: a fifth of the training images")),
        ],
        Downloads =
        [
            new RemoteFile(new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"), "md5:c32a1d4ab5d03f1284b67883e8d87530", MostBytes: 180_000_000)
            {
                Members = [.. Batches, "test_batch.bin"],
            },
        ],
    };

    private static DataSet Read(IReadOnlyList<string> paths, string source)
    {
        var train = Images(paths.SkipLast(1), Split.Train);
        var validation = train.Count / 10;
        return new DataSet(
            "cifar-10",
            $"{source}; validation is the last {validation:N0} training images",
            train.Slice(0, train.Count - validation, Split.Train),
            train.Slice(train.Count - validation, validation, Split.Validation),
            Images(paths.TakeLast(1), Split.Test));
    }

    private static ImageSet Images(IEnumerable<string> paths, Split split)
    {
        (byte[] Labels, byte[] Pixels)[] batches = [.. paths.Select(path => CifarReader.Read(path))];
        return new ImageSet(
            Join([.. batches.Select(batch => batch.Pixels)]), Channels, Side, Side, Join([.. batches.Select(batch => batch.Labels)]))
        { Split = split };
    }

    private static byte[] Join(byte[][] parts)
    {
        var whole = new byte[parts.Sum(part => part.Length)];
        var filled = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole, filled);
            filled += part.Length;
        }
        return whole;
    }
}
