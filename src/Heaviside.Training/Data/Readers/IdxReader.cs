using System.Buffers.Binary;

namespace Heaviside.Data.Readers;

/// <summary>Reads IDX files of unsigned bytes, the format of MNIST, plain or gzip.</summary>
/// <remarks>Layout: two zero bytes, the element type (8 for unsigned bytes), the number of dimensions,
/// each dimension as a big-endian 32-bit number, the elements.</remarks>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a whole file, whose elements come last dimension fastest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">Those that it must have, such as <c>[60000, 28, 28]</c> or <c>[60000]</c>; nothing is read or allocated for others.</param>
    /// <exception cref="InputException">The file is missing, of another kind or size, damaged, too short or too long.</exception>
    public static byte[] Read(string path, params IReadOnlyList<int> dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions.Count, 1, nameof(dimensions));
        var count = checked((int)dimensions.Aggregate(1L, (product, size) => checked(product * size)));
        using var source = ByteSource.Open(path);
        Span<byte> word = stackalloc byte[4];
        source.ReadExactly(word, "the header");
        if (word[0] != 0 || word[1] != 0)
            throw source.Error($"is no IDX file: it starts with {Convert.ToHexString(word)}, expected 000008{dimensions.Count:X2}");
        if (word[2] != UnsignedByte)
            throw source.Error($"has element type 0x{word[2]:X2}, expected unsigned bytes (0x08)");
        if (word[3] != dimensions.Count) throw source.Error($"has {word[3]} dimensions, expected {dimensions.Count}");

        var found = new uint[dimensions.Count];
        for (var d = 0; d < found.Length; d++)
        {
            source.ReadExactly(word, "the header");
            found[d] = BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        if (!found.SequenceEqual(dimensions.Select(size => (uint)size)))
            throw source.Error($"has {string.Join(" x ", found)} elements, expected {string.Join(" x ", dimensions)}");
        var data = source.ReadArray(count, $"{string.Join(" x ", dimensions)} elements");
        source.ExpectEnd();
        return data;
    }
}
