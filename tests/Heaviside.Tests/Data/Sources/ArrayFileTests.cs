using Heaviside.Data;
using Heaviside.Data.Sources;
using Heaviside.Tests.Data.Readers;

namespace Heaviside.Tests.Data.Sources;

public sealed class ArrayFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("(3, 2, 2)", 1, "000102030405060708090A0B")]
    [InlineData("(3, 1, 2, 2)", 1, "000102030405060708090A0B")]
    [InlineData("(3, 4, 1, 1)", 1, "000102030405060708090A0B")]
    public void Load_ArrayOfBytes_IsImages(string shape, int channels, string all)
    {
        var set = Images("a.npy", NpyFile.Make("|u1", shape, [.. Enumerable.Range(0, 12).Select(i => (byte)i)]));
        set.Train.Channels.ShouldBe(channels);
        set.Train.ImageSize.ShouldBe(4);
        Pixels(set).ShouldBe(all);
    }

    // The last axis is the channel: it becomes the first.
    [Fact]
    public void Load_ChannelsLast_BecomePlanes()
    {
        byte[] pixels = [.. from n in Enumerable.Range(0, 3) from p in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 3) select (byte)((100 * n) + (10 * c) + p)];
        var set = Images("a.npy", NpyFile.Make("|u1", "(3, 2, 2, 3)", pixels));
        (set.Train.Channels, set.Train.Height, set.Train.Width).ShouldBe((3, 2, 2));
        Pixels(set)[..24].ShouldBe(Convert.ToHexString([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]));
    }

    [Fact]
    public void Load_NumbersFromZeroToOne_AreGreyValuesAndZerosAndOnesAreBits()
    {
        Pixels(Images("a.npy", NpyFile.Make("<f4", "(3, 1, 2)", NpyFile.Floats(0, 1, 0.2f, 0.4f, 0.6f, 0.8f)))).ShouldBe("00FF336699CC");
        var bits = Images("a.npy", NpyFile.Make("|u1", "(3, 1, 2)", [0, 1, 1, 0, 0, 0]));
        bits.IsBinary.ShouldBeTrue();
        Pixels(bits).ShouldBe("000000FFFF00");
    }

    [Theory]
    [InlineData("x_train", "y_train", "x_test", "y_test")]
    [InlineData("train_images", "train_labels", "test_images", "test_labels")]
    public void Load_ArchiveOfParts_KeepsThem(string x, string y, string testX, string testY)
    {
        var set = Images("a.npz", NpyFile.Archive(
            (x, NpyFile.Make("|u1", "(4, 1, 2)", [0, 1, 2, 3, 4, 5, 6, 7])), (y, NpyFile.Make("<i8", "(4, 1)", [.. new[] { 0L, 1, 2, 3 }.SelectMany(BitConverter.GetBytes)])),
            (testX, NpyFile.Make("|u1", "(1, 1, 2)", [8, 9])), (testY, NpyFile.Make("<i8", "(1, 1)", BitConverter.GetBytes(4L))), ("notes", [1, 2])));
        set.Test.Image(0).ToArray().ShouldBe([8, 9]);
        set.Test.Labels!.Value.ToArray().ShouldBe([4]);
        (set.Train.Count, set.Validation.Count).ShouldBe((3, 1));
        for (var i = 0; i < 3; i++) set.Train.Labels!.Value.Span[i].ShouldBe((byte)(set.Train.Image(i)[0] / 2));
    }

    [Fact]
    public void Load_Table_HasFeaturesAndTarget()
    {
        var path = folder.Write("t.npz", NpyFile.Archive(
            ("x", NpyFile.Make("<f4", "(5, 2)", NpyFile.Floats(1, 10, 2, 20, 3, 30, 4, 40, 5, 50))), ("y", NpyFile.Make("<f4", "(5,)", NpyFile.Floats(1, 2, 3, 4, 5)))));
        var data = DataCatalog.Load(path, new DataFolders(null)).ShouldBeOfType<ArrayData>();
        data.Name.ShouldBe("t");
        using var batch = data.InOrder(Split.Train, 3, 0).At(0, 0);
        var target = batch.Values<float>(ArrayData.Target).ToArray();
        batch.Values<float>(ArrayData.Features).ToArray().ShouldBe(target.SelectMany(t => new[] { t, 10 * t }));
        var scaled = new ArrayFile(path) { Standardize = true }.Load(new(null));
        using var standard = scaled.InOrder(Split.Train, 3, 0).At(0, 0);
        standard.Values<float>(ArrayData.Features).ToArray().Sum().ShouldBe(0, 1e-5);
        scaled.Facts.ShouldBe([("standardized", "true")]);
    }

    [Fact]
    public void Load_WholeNumbersAsTarget_AreClasses()
    {
        var path = folder.Write("t.npz", NpyFile.Archive(("data", NpyFile.Make("|u1", "(3, 1)", [1, 2, 3])), ("target", NpyFile.Make("|u1", "(3,)", [7, 8, 9]))));
        using var batch = DataCatalog.Load(path, new DataFolders(null)).InOrder(Split.Train, 1, 0).At(0, 0);
        batch.Values<long>(ArrayData.Target)[0].ShouldBe((long)batch.Values<float>(ArrayData.Features)[0] + 6);
    }

    [Fact]
    public void Load_WhatItCannot_SaysWhyInOneLine()
    {
        string Message(string name, byte[] bytes) => Should.Throw<InputException>(() => DataCatalog.Load(folder.Write(name, bytes), new DataFolders(null))).Message;
        var three = NpyFile.Make("|u1", "(3, 1, 2)", new byte[6]);
        Message("a.npy", NpyFile.Make("<f4", "(3, 1, 2)", NpyFile.Floats(0, 1, 2, 3, 4, 5))).ShouldEndWith("a.npy: has a pixel of 2, expected 0 to 1, or bytes from 0 to 255");
        Message("a.npy", NpyFile.Make("<f4", "(3, 1)", NpyFile.Floats(0, float.NaN, 1))).ShouldEndWith("row 1 has a value of NaN: leave out such rows");
        Message("a.npy", NpyFile.Make("|u1", "(3, 2, 2, 2)", new byte[24])).ShouldContain("has the shape (3, 2, 2, 2); expected images (N, H, W)");
        Message("a.npy", NpyFile.Make("|u1", "()", [1])).ShouldContain("is a single number");
        Message("a.npz", NpyFile.Archive(("weights", three))).ShouldContain("has arrays weights, but none to train on; known are x and y");
        Message("a.npz", NpyFile.Archive(("x", three), ("y", NpyFile.Make("|u1", "(2,)", new byte[2])))).ShouldContain("array y: has 2 entries for 3 examples");
        Message("a.npz", NpyFile.Archive(("x", three), ("images", three))).ShouldContain("means the same as another array");
        Message("a.npz", NpyFile.Archive(("x", three), ("y", NpyFile.Make("<f4", "(3,)", NpyFile.Floats(0, 1, 2))))).ShouldContain("expected classes as whole numbers");
        Message("a.npz", NpyFile.Archive(("x_train", three), ("x_test", NpyFile.Make("|u1", "(1, 2, 2)", new byte[4])))).ShouldContain("array x_test: has the shape (1, 2, 2), which does not go with (3, 1, 2)");
        Message("a.npz", NpyFile.Archive(("x_train", three), ("x_test", three), ("y_train", NpyFile.Make("|u1", "(3,)", new byte[3])))).ShouldContain("some parts have labels or targets");
    }

    public void Dispose() => folder.Dispose();

    private DataSet Images(string name, byte[] bytes) => ((ImageData)DataCatalog.Load(folder.Write(name, bytes), new DataFolders(null))).Set;

    // All parts' pixels in the order of the images' first ones.
    private static string Pixels(DataSet set) =>
        string.Concat(Enum.GetValues<Split>().Select(set.Part).SelectMany(part => Enumerable.Range(0, part.Count).Select(i => Convert.ToHexString(part.Image(i)))).Order(StringComparer.Ordinal));
}
