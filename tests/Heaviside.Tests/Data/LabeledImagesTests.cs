using Heaviside.Data;

namespace Heaviside.Tests.Data;

public class LabeledImagesTests
{
    // 60 images of classes 0, 0, 1, 2 in turns.
    private static readonly ImageSet Images = Set([.. Enumerable.Range(0, 60).Select(i => (byte)(i % 4 == 0 ? 0 : (i % 4) - 1))]);

    [Fact]
    public void Draw_AnyCount_HasEquallyManyOfEachClassAndNoneTwice()
    {
        foreach (var count in new[] { 3, 15, 45 })
        {
            var drawn = LabeledImages.Draw(Images, count, seed: 1);
            drawn.ShouldBeUnique();
            drawn.CountBy(i => Images.Labels!.Value.Span[i]).ToDictionary().ShouldBe(
                new Dictionary<byte, int> { [0] = count / 3, [1] = count / 3, [2] = count / 3 }, ignoreOrder: true);
        }
    }

    [Fact]
    public void Draw_SameSeed_IsTheSameAndAnotherSeedAnother()
    {
        LabeledImages.Draw(Images, 15, seed: 1).ShouldBe(LabeledImages.Draw(Images, 15, seed: 1));
        LabeledImages.Draw(Images, 15, seed: 1).Order().ShouldNotBe(LabeledImages.Draw(Images, 15, seed: 2).Order());
    }

    // Over many seeds every image of a class is as likely as the others.
    [Fact]
    public void Draw_ManySeeds_DrawEveryImage() =>
        Enumerable.Range(0, 200).SelectMany(seed => LabeledImages.Draw(Images, 3, (ulong)seed)).Distinct().Count().ShouldBe(60);

    [Fact]
    public void Draw_WhatCannotBe_SaysWhyInOneLine()
    {
        static string Message(ImageSet images, int count) => Should.Throw<InputException>(() => LabeledImages.Draw(images, count, seed: 1)).Message;
        Message(new(new byte[8], 1, 2, 2), 2).ShouldBe("setting 'labels' is 2, but the data set has none: choose one with classes, such as mnist, or set labels=0");
        Message(Images, 16).ShouldBe("setting 'labels' is 16, expected a multiple of 3: equally many of each class");
        Message(Images, 48).ShouldBe("setting 'labels' asks for 16 images of each class, but class 1 has 15 training images");
        Message(Set([0, 0, 2, 2]), 3).ShouldBe("setting 'labels' asks for 1 images of each class, but class 1 has 0 training images");
    }

    // Pixels that are drawn once are the same whether an image comes with all others or with a few.
    [Fact]
    public void At_LoaderOfAFew_HasTheirPixelsAndLabelsAsAmongAll()
    {
        int[] few = [41, 7, 30];
        var binarization = Binarization.Fixed(5);
        using var all = BatchLoader.InOrder(Images.ToExamples(binarization), 60, seed: 1).At(0, 0);
        var loader = BatchLoader.Shuffled(Images.ToExamples(binarization).Only(few), 2, seed: 1);
        loader.BatchesPerEpoch.ShouldBe(2);
        var seen = Enumerable.Range(0, 2).SelectMany(index =>
        {
            using var batch = loader.At(3, index);
            return Enumerable.Range(0, batch.Count).Select(i => Shown(batch, i)).ToList();
        });
        seen.Order().ShouldBe(few.Select(i => Shown(all, i)).Order());

        static string Shown(Batch batch, int i) =>
            $"{batch.Values<long>(ImageData.Labels)[i]}: {string.Join(' ', batch.Values<float>(ImageData.Pixels).Slice(4 * i, 4).ToArray())}";
    }

    [Fact]
    public void Only_Empty_Throws() =>
        Should.Throw<ArgumentException>(() => Images.ToExamples(Binarization.None).Only([])).Message.ShouldContain("expected one example at least");

    private static ImageSet Set(byte[] labels)
    {
        var pixels = new byte[4 * labels.Length];
        new Random(1).NextBytes(pixels);
        return new(pixels, 1, 2, 2, labels);
    }
}
