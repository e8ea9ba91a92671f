using Heaviside.Data.Readers;
using Heaviside.Numerics;

namespace Heaviside.Data.Sets;

/// <summary>OMNIGLOT: handwritten characters (Lake et al. 2015) at 28 x 28, split 23,000 / 1,345 / 8,070.</summary>
/// <remarks>The literature's numbers are on <c>chardata.mat</c> (arXiv:1509.00519): 24,345 and 8,070 drawings, the last 1,345 of the
/// former for validation. The other form has all 32,460 public drawings reduced by area average, in an order drawn with seed 1,
/// 45 of them unused; numbers on it compare among themselves only.</remarks>
internal static class Omniglot
{
    private const string Name = "omniglot";
    private const int Side = 28, TrainCount = 23_000, ValidationCount = 1_345, TestCount = 8_070, AllCount = 32_460;
    private const ulong SplitSeed = 1;

    public static DataSetEntry Entry { get; } = new()
    {
        Name = Name,
        Summary = "handwritten characters of 50 alphabets, 28 x 28 grey",
        OtherFolderNames = ["OMNIGLOT"],
        Forms = [new DataForm(["chardata.mat"], paths => FromMatlab(paths[0])), new DataForm(["omniglot28-images-idx3-ubyte"], paths => FromIdx(paths[0]))],
        Downloads = [new RemoteFile(new Uri("https://github.com/yburda/iwae/raw/master/datasets/OMNIGLOT/chardata.mat"), Checksum: null, MostBytes: 300_000_000)],
    };

    private static DataSet FromMatlab(string path)
    {
        var arrays = MatlabReader.Read(path, ("data", [Side * Side, TrainCount + ValidationCount]), ("testdata", [Side * Side, TestCount]));
        ImageSet train = new(Transposed(arrays["data"], path), 1, Side, Side);
        ImageSet test = new(Transposed(arrays["testdata"], path), 1, Side, Side) { Split = Split.Test };
        return Splits("chardata.mat", train, test);
    }

    private static DataSet FromIdx(string path)
    {
        var drawings = MnistFiles.Images(path, AllCount);
        var order = new SplitMix64(SplitSeed, RandomPurpose.Split).Permutation(AllCount);
        var pixels = new byte[(TrainCount + ValidationCount + TestCount) * Side * Side];
        for (var i = 0; i < pixels.Length / (Side * Side); i++)
            drawings.AsSpan(order[i] * Side * Side, Side * Side).CopyTo(pixels.AsSpan(i * Side * Side));
        ImageSet all = new(pixels, 1, Side, Side);
        return Splits(
            "area-averaged IDX, seeded split 23,000/1,345/8,070",
            all.Slice(0, TrainCount + ValidationCount, Split.Train),
            all.Slice(TrainCount + ValidationCount, TestCount, Split.Test));
    }

    private static DataSet Splits(string source, ImageSet train, ImageSet test) =>
        new(Name, source, train.Slice(0, TrainCount, Split.Train), train.Slice(TrainCount, ValidationCount, Split.Validation), test);

    /// <summary>Turns columns of 784 greys in [0, 1], each an image stored column by column, into images stored row by row.</summary>
    private static byte[] Transposed(float[] columns, string path)
    {
        var pixels = new byte[columns.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (image, place) = Math.DivRem(i, Side * Side);
            var grey = columns[image * Side * Side + place % Side * Side + place / Side];
            pixels[i] = grey is >= 0 and <= 1 ? (byte)MathF.Round(255 * grey) : throw new InputException($"{path}: image {image} has a pixel of {grey}, expected 0 to 1");
        }
        return pixels;
    }
}
