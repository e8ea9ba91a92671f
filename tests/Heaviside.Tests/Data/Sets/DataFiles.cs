using Heaviside.Tests.Data.Readers;

namespace Heaviside.Tests.Data.Sets;

/// <summary>Writes files of the right names and sizes for each data set, with a few telling pixels.</summary>
internal static class DataFiles
{
    private const int Image = 784;

    public static void Mnist(TempFolder folder, string subfolder)
    {
        Idx(folder, $"{subfolder}/train-images-idx3-ubyte", 60_000, (49_999, 1), (50_000, 2));
        Idx(folder, $"{subfolder}/t10k-images-idx3-ubyte", 10_000, (0, 3));
        folder.Write($"{subfolder}/train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0xEA, 0x60, .. new byte[60_000]]);
        folder.Write($"{subfolder}/t10k-labels-idx1-ubyte.gz", TempFolder.Gzip([0, 0, 8, 1, 0, 0, 0x27, 0x10, .. new byte[10_000]]));
    }

    /// <summary>An IDX file of black images in which image i has <c>value</c> in its first pixel for each given (i, value).</summary>
    public static string Idx(TempFolder folder, string name, int count, params (int Image, byte Value)[] marks)
    {
        var file = new byte[16 + (count * Image)];
        new byte[] { 0, 0, 8, 3, 0, 0, (byte)(count >> 8), (byte)count, 0, 0, 0, 28, 0, 0, 0, 28 }.CopyTo(file, 0);
        foreach (var (image, value) in marks) file[16 + (image * Image)] = value;
        return folder.Write(name, file);
    }

    /// <summary>chardata.mat whose image 0 has a full line in its top row and whose image 24,344 is half on everywhere.</summary>
    public static void Chardata(TempFolder folder, string name, double bad = 0)
    {
        const int Last = 24_344;
        var data = new double[24_345 * Image];
        for (var column = 0; column < 28; column++) data[column * 28] = 1; // MATLAB stores column after column
        data.AsSpan(Last * Image).Fill(0.5);
        data[5] = bad;
        var file = new MatlabFile(bigEndian: false).Header()
            .Variable("target", MatlabFile.UInt8, [1], [1, 1], compressed: true)
            .Variable("data", MatlabFile.Single, data, [Image, 24_345], compressed: true)
            .Variable("testdata", MatlabFile.UInt8, new double[8_070 * Image], [Image, 8_070], compressed: true).Bytes;
        folder.Write(name, file);
    }

    public static void Cifar(TempFolder folder, string subfolder, params string[] names)
    {
        var batch = new byte[10_000 * 3073];
        foreach (var name in names)
        {
            batch[1] = (byte)name[^5]; // the batch's digit, or the last letter of "test_batch"
            folder.Write($"{subfolder}/{name}", batch);
        }
    }
}
