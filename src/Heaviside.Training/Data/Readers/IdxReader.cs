using System.Buffers.Binary;

namespace Heaviside.Data.Readers;

/// <summary>Reads IDX files of unsigned bytes, the format of MNIST, plain or gzip.</summary>
/// <remarks>Layout: two zero bytes, the element type (8 for unsigned bytes), the number of dimensions,
/// each dimension as a big-endian 32-bit number, the elements.</remarks>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a whole file that must have <paramref name="rank"/> dimensions (1 for labels, 3 for images).</summary>
    /// <exception cref="InputException">The file is missing, of another kind, damaged, too short or too long.</exception>
    public static IdxArray Read(string path, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        using var source = ByteSource.Open(path);
        Span<byte> word = stackalloc byte[4];
        source.ReadExactly(word, "the header");
        if (word[0] != 0 || word[1] != 0)
            throw source.Error($"is no IDX file: it starts with {Convert.ToHexString(word)}, expected 000008{rank:X2}");
        if (word[2] != UnsignedByte)
            throw source.Error($"has element type 0x{word[2]:X2}, expected unsigned bytes (0x08)");
        if (word[3] != rank) throw source.Error($"has {word[3]} dimensions, expected {rank}");

        var dimensions = new int[rank];
        long count = 1;
        for (var d = 0; d < rank; d++)
        {
            source.ReadExactly(word, "the header");
            var size = BinaryPrimitives.ReadUInt32BigEndian(word);
            if (size == 0 || size > Array.MaxLength || count * size > Array.MaxLength)
                throw source.Error($"has an impossible size: dimension {d} is {size}");
            dimensions[d] = (int)size;
            count *= size;
        }
        var data = source.ReadArray(count, $"{string.Join(" x ", dimensions)} elements");
        source.ExpectEnd();
        return new IdxArray(dimensions, data);
    }
}
