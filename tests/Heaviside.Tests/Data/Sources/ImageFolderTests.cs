using Heaviside.Data;
using Heaviside.Data.Sources;
using Heaviside.Pictures;

namespace Heaviside.Tests.Data.Sources;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Load_SubFolders_AreClassesInTheOrderOfTheirNames()
    {
        for (var i = 0; i < 20; i++) Draw($"{(i % 2 == 0 ? "dog" : "cat")}/{i:D2}.png", (byte)i);
        folder.Write("readme.txt", [1]);
        folder.Write(".cache/x.png", [1]);
        var set = Load().Set;
        set.ClassNames.ShouldBe(["cat", "dog"]);
        set.Name.ShouldBe(Path.GetFileName(folder.Path));
        set.Source.ShouldBe("a folder of images: 20 images of 2 x 3, grey in 2 classes (cat, dog); split at random with seed 1: 16 for training, 2 for validation, 2 for the test");
        var images = Enum.GetValues<Split>().Select(set.Part).SelectMany(part => Enumerable.Range(0, part.Count).Select(i => (Grey: part.Image(i)[0], Label: part.Labels!.Value.Span[i]))).ToList();
        images.Select(i => (int)i.Grey).Order().ShouldBe(Enumerable.Range(0, 20));
        images.ShouldAllBe(i => i.Label == (i.Grey % 2 == 0 ? 1 : 0));
        Load().Set.Fingerprint.ShouldBe(set.Fingerprint);
        ((ImageData)new ImageFolder(folder.Path) { Split = new() { Seed = 2 } }.Load(new(null))).Set.Fingerprint.ShouldNotBe(set.Fingerprint);
    }

    [Fact]
    public void Load_PartsByFolder_StayWhatTheyAre()
    {
        for (var i = 0; i < 4; i++) Draw($"train/b/{i}.png", (byte)i);
        Draw("val/b/x.png", 100);
        Draw("test/a/x.png", 200);
        var set = Load().Set;
        (set.Train.Count, set.Validation.Image(0)[0], set.Test.Image(0)[0]).ShouldBe((4, (byte)100, (byte)200));
        (set.Train.Labels!.Value.Span[0], set.Test.Labels!.Value.Span[0]).ShouldBe(((byte)1, (byte)0));
        set.Source.ShouldEndWith("split as given: 4 for training, 1 for validation, 1 for the test");
    }

    [Fact]
    public void Load_NoSubFolders_HasNoLabels()
    {
        for (var i = 0; i < 4; i++) Draw($"{i}.PNG", (byte)i);
        Load().Set.Train.Labels.ShouldBeNull();
    }

    // Grey images among colored ones have three equal planes.
    [Fact]
    public void Load_GreyAndColor_AreAllColored()
    {
        for (var i = 0; i < 3; i++) Draw($"grey{i}.png", 7);
        RasterImage color = new(3, 2, 3);
        for (var i = 0; i < color.Pixels.Length; i++) color.Pixels[i] = (byte)(10 * (i % 3));
        ImageFile.Write(Path.Combine(folder.Path, "red.png"), color);
        var set = Load().Set;
        set.Train.Channels.ShouldBe(3);
        var planes = Enum.GetValues<Split>().Select(set.Part).SelectMany(part => Enumerable.Range(0, part.Count).Select(i => Convert.ToHexString(part.Image(i)))).Order();
        planes.ShouldBe(["0000000000000A0A0A0A0A0A141414141414", .. Enumerable.Repeat("070707070707070707070707070707070707", 3)]);
    }

    [Fact]
    public void Load_BlackAndWhite_IsBinary()
    {
        for (var i = 0; i < 4; i++) Draw($"{i}.png", (byte)(255 * (i % 2)));
        Load().Binarization.ShouldBeSameAs(Binarization.None);
    }

    [Fact]
    public void Load_WhatItCannot_SaysWhyInOneLine()
    {
        string Message() => Should.Throw<InputException>(Load).Message;
        Message().ShouldBe($"{folder.Path}: has no PNG or JPEG images (.png, .jpg, .jpeg)");
        for (var i = 0; i < 2; i++) Draw($"a/{i}.png", 1);
        Message().ShouldBe("of 2 examples, 1 for validation and 1 for the test leave none to learn from");
        Draw("a/2.png", 1);
        ImageFile.Write(Path.Combine(folder.Path, "a", "3.png"), new RasterImage(3, 5, 1));
        Message().ShouldBe($"{In("a", "3.png")}: is of 3 x 5 pixels, but {In("a", "0.png")} of 3 x 2: all must have one size");
        folder.Write("a/3.png", [1, 2, 3]);
        Message().ShouldBe($"{In("a", "3.png")}: is neither a PNG nor a JPEG image");
        File.Delete(In("a", "3.png"));
        Draw("beside.png", 1);
        Message().ShouldBe($"{In("beside.png")}: is in no class, while other images are in sub-folders: a");
        File.Delete(In("beside.png"));
        Directory.CreateDirectory(In("b"));
        Message().ShouldBe($"{In("b")}: has no PNG or JPEG images, and sub-folders are classes");
    }

    public void Dispose() => folder.Dispose();

    private string In(params string[] parts) => Path.Combine([folder.Path, .. parts]);

    private ImageData Load() => (ImageData)DataCatalog.Load(folder.Path, new DataFolders(null));

    private void Draw(string name, byte grey)
    {
        RasterImage image = new(3, 2, 1);
        image.Pixels.AsSpan().Fill(grey);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, name))!);
        ImageFile.Write(Path.Combine(folder.Path, name), image);
    }
}
