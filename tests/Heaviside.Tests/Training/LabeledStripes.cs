using Heaviside.Data;

namespace Heaviside.Tests.Training;

/// <summary>Images of three classes that are easy to tell apart, each of which has two forms: rows, columns or corners that are on.</summary>
internal static class LabeledStripes
{
    public static DataSet Data { get; } = new("fashion-mnist", "synthetic stripes", Images(240, 1, Split.Train), Images(30, 2, Split.Validation), Images(120, 3, Split.Test));

    private static ImageSet Images(int count, int seed, Split split)
    {
        var random = new Random(seed);
        var (pixels, labels) = (new byte[count * 16], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            var form = random.Next(2);
            labels[i] = (byte)(i % 3);
            for (var p = 0; p < 16; p++)
            {
                var (row, column) = (p / 4, p % 4);
                var on = labels[i] switch
                {
                    0 => row / 2 == form,
                    1 => column / 2 == form,
                    _ => (row / 2 == column / 2) == (form == 0),
                };
                pixels[(16 * i) + p] = (byte)((on ? 200 : 55) + random.Next(-50, 51));
            }
        }

        return new(pixels, 1, 4, 4, labels) { Split = split };
    }
}
