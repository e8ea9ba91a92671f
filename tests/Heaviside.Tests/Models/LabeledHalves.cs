using Heaviside.Data;

namespace Heaviside.Tests.Models;

/// <summary>Images of two classes that differ in which half is bright.</summary>
internal static class LabeledHalves
{
    // Class 1 is bright on the left, class 0 on the right.
    internal static ImageData Data(int count = 60, bool hasLabels = true)
    {
        const int Side = 8;
        var random = new Random(1);
        var labels = Enumerable.Range(0, count).Select(i => (byte)(i % 2)).ToArray();
        var pixels = labels.SelectMany(label => Enumerable.Range(0, Side * Side).Select(p => (byte)(random.Next(100) + (p % Side < Side / 2 == (label == 1) ? 120 : 0)))).ToArray();
        ImageSet Part(Split split) => new(pixels, 1, Side, Side, hasLabels ? (ReadOnlyMemory<byte>?)labels : null) { Split = split };
        return new(new("halves", "made up", Part(Split.Train), Part(Split.Validation), Part(Split.Test)), Binarization.None);
    }
}
