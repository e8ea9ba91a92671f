using System.Buffers.Binary;

namespace Packages.Tests;

/// <summary>Files in MNIST's format and of its size: bright bars, whose place is their class.</summary>
internal static class TinyData
{
    private const int Side = 28, Classes = 10;

    internal static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (part, count) in (ReadOnlySpan<(string, int)>)[("train", 60_000), ("t10k", 10_000)])
        {
            var images = new byte[count * Side * Side];
            for (var i = 0; i < count; i++)
            {
                for (var row = 0; row < Side; row++) images.AsSpan((((i * Side) + row) * Side) + (2 * (i % Classes)) + 4, 3).Fill(255);
            }

            Write(Path.Combine(folder, part + "-images-idx3-ubyte"), [count, Side, Side], images);
            Write(Path.Combine(folder, part + "-labels-idx1-ubyte"), [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % Classes))]);
        }
    }

    private static void Write(string path, int[] dimensions, byte[] bytes)
    {
        using var file = File.Create(path);
        file.Write([0, 0, 8, (byte)dimensions.Length]);
        var number = new byte[sizeof(int)];
        foreach (var dimension in dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, dimension);
            file.Write(number);
        }

        file.Write(bytes);
    }
}
