using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heaviside.Data;
using Heaviside.Numerics;

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
        var batches = Copies(InOrder().Epoch(), int.MaxValue);
        batches.Select(batch => batch.Count).ShouldBe([5, 5, 5, 5, 3]);
        batches.Select(batch => (batch.Epoch, batch.Index)).ShouldBe([(0, 0), (0, 1), (0, 2), (0, 3), (0, 4)]);
        batches.SelectMany(batch => batch.Labels).ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
        batches.SelectMany(batch => batch.Pixels).ShouldBe(Enumerable.Range(0, Count * 6).Select(p => p / 6 / 255f));
    }

    [Fact]
    public void From_EachEpoch_HasEveryImageOnceInAnotherOrder()
    {
        var batches = Copies(Loader(Binarization.None).From(), 10);
        long[] first = [.. batches.Where(batch => batch.Epoch == 0).SelectMany(batch => batch.Labels)];
        long[] second = [.. batches.Where(batch => batch.Epoch == 1).SelectMany(batch => batch.Labels)];
        first.Order().ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
        second.Order().ShouldBe(first.Order());
        second.ShouldNotBe(first);
        foreach (var batch in batches) batch.Pixels.ShouldBe(batch.Labels.SelectMany(label => Enumerable.Repeat(label / 255f, 6)));
    }

    [Fact]
    public void From_AnyPosition_ContinuesTheSameBatches()
    {
        var all = Copies(Loader(Binarization.Dynamic).From(), 14);
        var perEpoch = Loader(Binarization.Dynamic).BatchesPerEpoch;
        perEpoch.ShouldBe(5);
        for (var start = 0; start < all.Count; start++)
        {
            var rest = Copies(Loader(Binarization.Dynamic).From(start / perEpoch, start % perEpoch), all.Count - start);
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
        Copies(BatchLoader.Shuffled(images.ToExamples(Binarization.None), Count, 1).From(), 1)[0].Labels
            .ShouldNotBe(Copies(BatchLoader.Shuffled(images.ToExamples(Binarization.None), Count, 2).From(), 1)[0].Labels);

    [Fact]
    public void At_Shuffled_HasTheOrderOfSeedAndEpochAndThePixelsOfEachImage()
    {
        var order = new SplitMix64(3, RandomPurpose.Order, first: 1).Permutation(Count);
        var batch = Copies([Loader(Binarization.Dynamic).At(1, 2)], 1)[0];
        batch.Labels.ShouldBe(order[10..15].Select(i => (long)i));
        var pixels = new float[6];
        for (var i = 0; i < BatchSize; i++)
        {
            Binarization.Dynamic.Write(images, order[10 + i], 3, 1, pixels);
            batch.Pixels[(6 * i)..(6 * (i + 1))].ShouldBe(pixels);
        }
    }

    [Fact]
    public void Dispose_Batches_ArraysServeAgain()
    {
        var loader = Loader(Binarization.None);
        var seen = new HashSet<nint>();
        for (var i = 0; i < 40; i++)
            using (var batch = loader.At(i, 0)) seen.Add(Address(batch.Values<float>(ImageData.Pixels)));
        seen.Count.ShouldBeLessThan(10);

        static nint Address(ReadOnlySpan<float> values)
        {
            ref readonly var first = ref MemoryMarshal.GetReference(values);
            return Unsafe.ByteOffset(in Unsafe.NullRef<float>(), in first);
        }
    }

    private static BatchLoader InOrder() => BatchLoader.InOrder(images.ToExamples(Binarization.None), BatchSize, seed: 3);

    private static BatchLoader Loader(Binarization binarization) => BatchLoader.Shuffled(images.ToExamples(binarization), BatchSize, seed: 3);

    private static List<Copy> Copies(IEnumerable<Batch> batches, int count)
    {
        var copies = new List<Copy>();
        foreach (var batch in batches.Take(count))
            using (batch) copies.Add(new Copy([.. batch.Values<float>(ImageData.Pixels)], [.. batch.Values<long>(ImageData.Labels)], batch.Count, batch.Epoch, batch.Index));
        return copies;
    }

    private sealed record Copy(float[] Pixels, long[] Labels, int Count, int Epoch, int Index);
}
