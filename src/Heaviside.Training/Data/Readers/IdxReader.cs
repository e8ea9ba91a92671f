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
        var found = ReadHeader(source, dimensions.Count);
        if (!found.SequenceEqual(dimensions.Select(size => (uint)size)))
            throw source.Error($"has {string.Join(" x ", found)} elements, expected {string.Join(" x ", dimensions)}");
        var data = source.ReadArray(count, $"{string.Join(" x ", dimensions)} elements");
        source.ExpectEnd();
        return data;
    }

    /// <summary>Reads a whole file of any size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many dimensions it must have.</param>
    /// <returns>The sizes of the dimensions, each at least 1, and the elements.</returns>
    /// <exception cref="InputException">The file is missing, of another kind, damaged, too large, too short or too long.</exception>
    public static (IReadOnlyList<int> Dimensions, byte[] Elements) ReadAny(string path, int dimensions)
    {
        using var source = ByteSource.OpenLimited(path);
        var found = ReadHeader(source, dimensions);
        if (found.Contains(0u)) throw source.Error($"has {string.Join(" x ", found)} elements: it is empty");
        var count = found.Aggregate(1L, (product, size) => product * size <= Array.MaxLength ? product * size : throw source.Error($"has {string.Join(" x ", found)} elements, more than are read"));
        var data = source.ReadGrowing((int)count, $"{string.Join(" x ", found)} elements");
        source.ExpectEnd();
        return ([.. found.Select(size => (int)size)], data);
    }

    private static uint[] ReadHeader(ByteSource source, int dimensions)
    {
        Span<byte> word = stackalloc byte[4];
        source.ReadExactly(word, "the header");
        if (word[0] != 0 || word[1] != 0)
            throw source.Error($"is no IDX file: it starts with {Convert.ToHexString(word)}, expected 000008{dimensions:X2}");
        if (word[2] != UnsignedByte)
            throw source.Error($"has element type 0x{word[2]:X2}, expected unsigned bytes (0x08)");
        if (word[3] != dimensions) throw source.Error($"has {word[3]} dimensions, expected {dimensions}");

        var found = new uint[dimensions];
        for (var d = 0; d < found.Length; d++)
        {
            source.ReadExactly(word, "the header");
            found[d] = BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        return found;
    }
}
