using Heaviside.Data;

namespace Heaviside.Tests.Data.Sources;

public sealed class IdxFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Load_SingleFile_IsSplitAndHasNoLabels()
    {
        var set = Load(folder.Write("digits-images-idx3-ubyte", Images(5, 0)));
        set.Name.ShouldBe("digits-images-idx3-ubyte");
        (set.Train.Count, set.Validation.Count, set.Test.Count).ShouldBe((3, 1, 1));
        set.Train.Labels.ShouldBeNull();
    }

    [Fact]
    public void Load_FilesBesideIt_AreLabelsAndTestPart()
    {
        var path = folder.Write("train-images-idx3-ubyte.gz", TempFolder.Gzip(Images(4, 0)));
        folder.Write("train-labels-idx1-ubyte", Labels(4, 0));
        folder.Write("t10k-images-idx3-ubyte", Images(2, 100));
        folder.Write("t10k-labels-idx1-ubyte.gz", TempFolder.Gzip(Labels(2, 100)));
        var set = Load(path);
        (set.Train.Count, set.Validation.Count, set.Test.Count).ShouldBe((3, 1, 2));
        foreach (var part in Enum.GetValues<Split>().Select(set.Part))
            for (var i = 0; i < part.Count; i++) part.Image(i)[0].ShouldBe(part.Labels!.Value.Span[i]);
        set.Test.Image(0)[0].ShouldBe((byte)100);
    }

    [Fact]
    public void Load_WhatDoesNotGoTogether_SaysWhyInOneLine()
    {
        var path = folder.Write("train-images-idx3-ubyte", Images(4, 0));
        folder.Write("train-labels-idx1-ubyte", Labels(3, 0));
        Should.Throw<InputException>(() => Load(path)).Message.ShouldEndWith("train-labels-idx1-ubyte: has 3 elements, expected 4");
        folder.Write("train-labels-idx1-ubyte", Labels(4, 0));
        folder.Write("test-images-idx3-ubyte", Images(2, 0));
        Should.Throw<InputException>(() => Load(path)).Message.ShouldContain("one of training and test part has labels");
        Should.Throw<InputException>(() => Load(folder.Write("x.idx", [0, 0, 8, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]))).Message.ShouldEndWith("has 65536 x 65536 x 65536 elements, more than are read");
    }

    public void Dispose() => folder.Dispose();

    private static DataSet Load(string path) => ((ImageData)DataCatalog.Load(path, new DataFolders(null))).Set;

    private static byte[] Images(byte count, byte first) => [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 2, .. Enumerable.Range(0, count).SelectMany(i => new[] { (byte)(first + i), (byte)200 })];

    private static byte[] Labels(byte count, byte first) => [0, 0, 8, 1, 0, 0, 0, count, .. Enumerable.Range(0, count).Select(i => (byte)(first + i))];
}
