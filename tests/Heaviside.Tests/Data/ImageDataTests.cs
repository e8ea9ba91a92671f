using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class ImageDataTests
{
    private static readonly DataSet Set = new("dots", "drawn by hand", Part(Split.Train, 6), Part(Split.Validation, 3), Part(Split.Test, 2));

    [Fact]
    public void Parts_OfAnImageSet_AreBatchesOfPixelsAndLabels()
    {
        var data = new ImageData(Set, Binarization.Threshold);
        (data.Name, data.Source, data.Fingerprint).ShouldBe(("dots", "drawn by hand", Set.Fingerprint));
        data.Facts.ShouldBe([("binarization", "threshold")]);
        Enum.GetValues<Split>().Select(data.Count).ShouldBe([6, 3, 2]);
        using var batch = data.InOrder(Split.Validation, 3, seed: 1).At(0, 0);
        batch.Values<float>(ImageData.Pixels).ToArray().ShouldBe([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
        batch.Values<long>(ImageData.Labels).ToArray().ShouldBe([0, 1, 2]);
        var source = data.Shuffled(Split.Train, 4, seed: 1);
        (source.Count, source.BatchesPerEpoch).ShouldBe((6, 2));
    }

    [Fact]
    public void Labels_WhereThereAreNone_AreNoPartOfABatch() =>
        new ImageSet(new byte[8], 1, 2, 2).ToExamples(Binarization.None).Fields.Select(f => f.Name).ShouldBe([ImageData.Pixels]);

    // Image i is of grey 70 i.
    private static ImageSet Part(Split split, int count) => new(
        Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(70 * (i % 3)), 4)).ToArray(), 1, 2, 2, Enumerable.Range(0, count).Select(i => (byte)i).ToArray())
    { Split = split };
}
