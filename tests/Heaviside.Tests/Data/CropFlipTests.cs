using Heaviside.Data;

namespace Heaviside.Tests.Data;

public class CropFlipTests
{
    private const int Channels = 2, Height = 6, Width = 5;

    // Every pixel has a value of its own.
    private static readonly ImageSet Images = new(Enumerable.Range(0, 3 * Channels * Height * Width).Select(i => (byte)(1 + i)).ToArray(), Channels, Height, Width, new byte[] { 0, 1, 0 });

    private static float[] At(int image, ulong seed = 1, int epoch = 0)
    {
        var pixels = new float[Images.ImageSize];
        Binarization.None.Write(Images, image, seed, epoch, pixels);
        CropFlip.Apply(Images, image, seed, epoch, pixels);
        return pixels;
    }

    // The move of an image is the one of the 81 mirrored or not that explains all pixels of all channels.
    private static (int Down, int Right, bool IsMirrored)? MoveOf(float[] moved, int image)
    {
        var original = Images.Image(image).ToArray();
        foreach (var down in Enumerable.Range(-4, 9))
            foreach (var right in Enumerable.Range(-4, 9))
                foreach (var mirrored in new[] { false, true })
                {
                    float Expected(int c, int y, int x)
                    {
                        var (row, column) = (y + down, (mirrored ? Width - 1 - x : x) + right);
                        return row is >= 0 and < Height && column is >= 0 and < Width ? original[(((c * Height) + row) * Width) + column] / 255f : 0;
                    }

                    if (Enumerable.Range(0, moved.Length).All(p => moved[p] == Expected(p / (Height * Width), p / Width % Height, p % Width))) return (down, right, mirrored);
                }

        return null;
    }

    [Fact]
    public void Apply_IsAMoveAndAMirror_DrawnAnewForEachImageAndEpoch()
    {
        var moves = (from image in Enumerable.Range(0, 3) from epoch in Enumerable.Range(0, 300) select MoveOf(At(image, epoch: epoch), image)).ToList();
        moves.ShouldAllBe(m => m != null);
        moves.Select(m => m!.Value.Down).Distinct().Order().ShouldBe(Enumerable.Range(-4, 9));
        moves.Select(m => m!.Value.Right).Distinct().Order().ShouldBe(Enumerable.Range(-4, 9));
        moves.Count(m => m!.Value.IsMirrored).ShouldBeInRange(380, 520, "half of 900, within five standard deviations");
        moves.Average(m => m!.Value.Down).ShouldBe(0, 0.45);
    }

    [Fact]
    public void Apply_IsAFunctionOfSeedImageAndEpoch()
    {
        At(1, epoch: 3).ShouldBe(At(1, epoch: 3));
        Enumerable.Range(0, 20).Count(e => At(1, seed: 1, e).SequenceEqual(At(1, seed: 2, e))).ShouldBeLessThan(5);
    }

    [Fact]
    public void Data_ChangesTrainingBatchesAlone()
    {
        var set = new DataSet("made up", "a formula", Images, Images.Slice(0, 3, Split.Validation), Images.Slice(0, 3, Split.Test));
        var data = new ImageData(set, Binarization.None) { Augmentation = Augmentation.CropFlip };
        float[] Pixels(IBatchSource source, int epoch) => source.At(epoch, 0).Values<float>(ImageData.Pixels).ToArray();
        Pixels(data.Shuffled(Split.Train, 3, 1), 0).Order().ShouldNotBe(Pixels(data.InOrder(Split.Train, 3, 1), 0).Order());
        Pixels(data.Shuffled(Split.Train, 3, 1), 4).ShouldBe(Pixels(data.Shuffled(Split.Train, 3, 1), 4));
        Pixels(data.Shuffled(Split.Validation, 3, 1), 0).Order().ShouldBe(Pixels(data.InOrder(Split.Validation, 3, 1), 0).Order());
        data.Facts.ShouldContain(f => f.Name == "augmentation");
    }
}
