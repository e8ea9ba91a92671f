using Heaviside.Data;

namespace Heaviside.Tests.Data;

public sealed class BatchLoaderTests
{
    private const int Count = 23, BatchSize = 5;

    // image i has the grey value i in every pixel, and i as its label
    private static readonly ImageSet images = new(
        Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat((byte)i, 6)).ToArray(), 1, 2, 3, Enumerable.Range(0, Count).Select(i => (byte)i).ToArray());

    [Fact]
    public void InOrder_WholeSet_OnceWithShortLastBatch()
    {
        var batches = Copies(Loader(Binarization.None).InOrder(), int.MaxValue);
        batches.Select(batch => batch.Count).ShouldBe([5, 5, 5, 5, 3]);
        batches.Select(batch => (batch.Epoch, batch.Index)).ShouldBe([(0, 0), (0, 1), (0, 2), (0, 3), (0, 4)]);
        batches.SelectMany(batch => batch.Labels).ShouldBe(Enumerable.Range(0, Count).Select(i => (byte)i));
        batches.SelectMany(batch => batch.Pixels).ShouldBe(Enumerable.Range(0, Count * 6).Select(p => p / 6 / 255f));
    }

    [Fact]
    public void From_EachEpoch_HasEveryImageOnceInAnotherOrder()
    {
        var batches = Copies(Loader(Binarization.None).From(), 10);
        byte[] first = [.. batches.Where(batch => batch.Epoch == 0).SelectMany(batch => batch.Labels)];
        byte[] second = [.. batches.Where(batch => batch.Epoch == 1).SelectMany(batch => batch.Labels)];
        first.Order().ShouldBe(Enumerable.Range(0, Count).Select(i => (byte)i));
        second.Order().ShouldBe(first.Order());
        second.ShouldNotBe(first);
        foreach (var batch in batches) batch.Pixels.ShouldBe(batch.Labels.SelectMany(label => Enumerable.Repeat(label / 255f, 6)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void From_AnyPosition_ContinuesTheSameBatches(bool dropLast)
    {
        var all = Copies(Loader(Binarization.Dynamic, dropLast).From(), 14);
        var perEpoch = Loader(Binarization.Dynamic, dropLast).BatchesPerEpoch;
        perEpoch.ShouldBe(dropLast ? 4 : 5);
        for (var start = 0; start < all.Count; start++)
        {
            var rest = Copies(Loader(Binarization.Dynamic, dropLast).From(start / perEpoch, start % perEpoch), all.Count - start);
            for (var i = 0; i < rest.Count; i++)
            {
                rest[i].Pixels.ShouldBe(all[start + i].Pixels);
                rest[i].Labels.ShouldBe(all[start + i].Labels);
                (rest[i].Epoch, rest[i].Index).ShouldBe((all[start + i].Epoch, all[start + i].Index));
            }
        }
    }

    [Fact]
    public void At_AnyPosition_IsTheBatchOfFrom()
    {
        var loader = Loader(Binarization.Dynamic);
        foreach (var (expected, position) in Copies(loader.From(), 12).Zip(Enumerable.Range(0, 12)))
        {
            var batch = Copies([loader.At(position / 5, position % 5)], 1)[0];
            batch.Pixels.ShouldBe(expected.Pixels);
            batch.Labels.ShouldBe(expected.Labels);
            (batch.Epoch, batch.Index).ShouldBe((expected.Epoch, expected.Index));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => loader.At(0, 5));
    }

    [Fact]
    public void From_EndOfEpoch_IsTheNextEpochsStart()
    {
        var end = Copies(Loader(Binarization.Dynamic).From(0, 5), 1)[0];
        (end.Epoch, end.Index).ShouldBe((1, 0));
        end.Pixels.ShouldBe(Copies(Loader(Binarization.Dynamic).From(1, 0), 1)[0].Pixels);
    }

    [Fact]
    public void From_OtherSeed_OtherOrder() =>
        Copies(new BatchLoader(images, Binarization.None, Count, 1).From(), 1)[0].Labels
            .ShouldNotBe(Copies(new BatchLoader(images, Binarization.None, Count, 2).From(), 1)[0].Labels);

    [Fact]
    public void Dispose_Batches_BuffersServeAgain()
    {
        var buffers = new HashSet<float[]>(ReferenceEqualityComparer.Instance);
        foreach (var batch in Loader(Binarization.None, dropLast: true).From().Take(200))
            using (batch) buffers.Add(batch.Pixels);
        buffers.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public void Pixels_AfterDispose_AreRefused()
    {
        var batch = Loader(Binarization.None).InOrder().First();
        batch.Dispose();
        batch.Dispose();
        Should.Throw<ObjectDisposedException>(() => batch.Pixels);
    }

    [Fact]
    public void From_NoFullBatch_SaysSo() =>
        Should.Throw<InputException>(() => new BatchLoader(images, Binarization.None, Count + 1, 1) { DropLast = true }.From()).Message.ShouldContain("batch size 24");

    private static BatchLoader Loader(Binarization binarization, bool dropLast = false) => new(images, binarization, BatchSize, seed: 3) { DropLast = dropLast };

    private static List<Copy> Copies(IEnumerable<Batch> batches, int count)
    {
        var copies = new List<Copy>();
        foreach (var batch in batches.Take(count))
            using (batch) copies.Add(new Copy([.. batch.Pixels], batch.Labels!, batch.Count, batch.Epoch, batch.Index));
        return copies;
    }

    private sealed record Copy(float[] Pixels, byte[] Labels, int Count, int Epoch, int Index);
}
