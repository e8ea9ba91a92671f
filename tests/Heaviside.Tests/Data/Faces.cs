using System.Text;
using Heaviside.Pictures;

namespace Heaviside.Tests.Data;

/// <summary>Draws pictures of disks that are a little like faces, with or without glasses and a smile, reddish or bluish; where they are,
/// their size and brightness vary.</summary>
public static class Faces
{
    /// <summary>The attributes, of which <c>Male</c> stands for the hue: reddish where it is on.</summary>
    public static readonly string[] Attributes = ["Young", "Eyeglasses", "Smiling", "Male"];

    /// <summary>Writes images, <c>images/0.png</c> and so on, beside an attribute table that lists them as JPEG, as CelebA's does.</summary>
    public static void Write(string folder, int count, int side, int seed, string extension = "png")
    {
        var random = new Random(seed);
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        var table = new StringBuilder($"{count}\n{string.Join(' ', Attributes)} \n");
        for (var i = 0; i < count; i++)
        {
            bool[] on = [.. Attributes.Select(_ => random.Next(2) == 1)];
            ImageFile.Write(Path.Combine(folder, "images", $"{i}.{extension}"), Draw(side, on[1], on[2], on[3], random));
            table.Append($"{i}.jpg  {string.Join("  ", on.Select(o => o ? " 1" : "-1"))}\n");
        }

        File.WriteAllText(Path.Combine(folder, "list_attr_celeba.txt"), table.ToString());
    }

    /// <summary>One picture of <paramref name="side"/> pixels.</summary>
    public static RasterImage Draw(int side, bool glasses, bool smile, bool red, Random random)
    {
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        var (centerX, centerY, radius, light) = (Between(0.42, 0.58), Between(0.42, 0.58), Between(0.26, 0.36), Between(0.7, 1));
        double[] skin = red ? [0.95, 0.55, 0.45] : [0.45, 0.6, 0.95];
        var ground = Between(0.1, 0.3);
        var image = new RasterImage(side, side, 3);
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                // In units of the disk's radius, from its center.
                var (x, y) = ((((column + 0.5) / side) - centerX) / radius, (((row + 0.5) / side) - centerY) / radius);
                var pixel = image[row, column];
                for (var c = 0; c < 3; c++)
                    pixel[c] = (byte)(255 * (IsDark(Math.Abs(x), y, glasses, smile) ? 0.05 : (x * x) + (y * y) < 1 ? skin[c] * light : ground));
            }

        return image;
    }

    // Eyes are points, glasses rings around them with a bar; a mouth is a line, or an arc that opens upwards.
    private static bool IsDark(double x, double y, bool glasses, bool smile)
    {
        var eye = Math.Sqrt(((x - 0.4) * (x - 0.4)) + ((y + 0.25) * (y + 0.25)));
        var mouth = smile ? 0.6 - (0.8 * x * x) : 0.45;
        return eye < 0.12
            || (glasses && (eye is > 0.22 and < 0.36 || (x < 0.15 && Math.Abs(y + 0.25) < 0.06)))
            || (x < 0.5 && Math.Abs(y - mouth) < 0.08);
    }
}
