using Heaviside.Data.Readers;

namespace Heaviside.Data.Sets;

/// <summary>MNIST drawn black and white once and for all (Salakhutdinov and Murray 2008; files by Larochelle).</summary>
/// <remarks>Its images are in another order than MNIST's, so it has no labels.</remarks>
internal static class MnistStatic
{
    private const int Side = 28, TrainCount = 50_000, OtherCount = 10_000;
    private const string Host = "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/";

    public static DataSetEntry Entry { get; } = new()
    {
        Name = "mnist-static",
        Summary = "handwritten digits, 28 x 28 binary, the fixed draw of the literature",
        OtherFolderNames = ["binarized-mnist"],
        Forms =
        [
            new DataForm(Names("-images-idx3-ubyte"), paths => Read(paths, "IDX files", FromIdx)),
            new DataForm(Names(".amat"), paths => Read(paths, "amat files", (path, count) => AmatReader.Read(path, count, Side * Side))),
        ],
        Downloads = [.. Names(".amat").Select(name => new RemoteFile(new Uri(Host + name), Checksum: null, MostBytes: 100_000_000))],
    };

    private static string[] Names(string ending) => [.. new[] { "train", "valid", "test" }.Select(part => $"binarized_mnist_{part}{ending}")];

    private static DataSet Read(IReadOnlyList<string> paths, string source, Func<string, int, byte[]> bits)
    {
        ImageSet Part(Split split, int count) => new(Scale(bits(paths[(int)split], count)), 1, Side, Side) { Split = split };
        return new DataSet("mnist-static", source, Part(Split.Train, TrainCount), Part(Split.Validation, OtherCount), Part(Split.Test, OtherCount)) { IsBinary = true };
    }

    private static byte[] FromIdx(string path, int count)
    {
        var bits = MnistFiles.Images(path, count);
        var wrong = bits.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1);
        return wrong < 0 ? bits : throw new InputException($"{path}: pixel {wrong} is {bits[wrong]}, expected 0 or 1");
    }

    private static byte[] Scale(byte[] bits)
    {
        for (var i = 0; i < bits.Length; i++) bits[i] *= 255;
        return bits;
    }
}
