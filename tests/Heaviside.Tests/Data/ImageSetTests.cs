using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class ImageSetTests
{
    private static readonly ImageSet Images = new(new byte[] { 0, 255, 51, 102, 255, 255 }, 1, 1, 2, new byte[] { 7, 8, 9 });

    [Fact]
    public void Means_AreOverImagesInUnitRange()
    {
        Images.MeanPixel.ShouldBe(918 / (6 * 255.0), 1e-12);
        Images.PixelMeans().ShouldBe([306 / 765f, 612 / 765f]);
    }

    [Fact]
    public void Slice_MiddlePart_HasItsImagesLabelsAndSplit()
    {
        var part = Images.Slice(1, 2, Split.Test);
        part.Image(0).ToArray().ShouldBe(new byte[] { 51, 102 });
        part.Labels!.Value.ToArray().ShouldBe(new byte[] { 8, 9 });
        (part.Count, part.Split).ShouldBe((2, Split.Test));
    }

    [Fact]
    public void New_LengthsThatDoNotFit_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new ImageSet(new byte[5], 1, 1, 2));
        Should.Throw<ArgumentException>(() => new ImageSet(new byte[4], 1, 1, 2, new byte[3]));
        Should.Throw<ArgumentException>(() => new ImageSet(Array.Empty<byte>(), 1, 1, 2));
    }

    [Fact]
    public void Fingerprint_ChangesWithPixelsSplitAndLabels()
    {
        var original = Set(Images, 1).Fingerprint;
        original.Length.ShouldBe(64);
        Set(Images, 1).Fingerprint.ShouldBe(original);
        Set(Images, 2).Fingerprint.ShouldNotBe(original);
        Set(new ImageSet(new byte[] { 0, 255, 51, 102, 255, 254 }, 1, 1, 2, Images.Labels), 1).Fingerprint.ShouldNotBe(original);
        Set(new ImageSet(Images.Pixels, 1, 1, 2, new byte[] { 7, 8, 8 }), 1).Fingerprint.ShouldNotBe(original);
        Set(new ImageSet(Images.Pixels, 1, 2, 1, Images.Labels), 1).Fingerprint.ShouldNotBe(original);
    }

    private static DataSet Set(ImageSet images, int train) =>
        new("a", "b", images.Slice(0, train, Split.Train), images.Slice(train, 1, Split.Validation), images.Slice(train == 1 ? 2 : 0, 1, Split.Test));
}
