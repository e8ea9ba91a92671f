using System.Buffers.Binary;
using System.Text;

namespace Heaviside.Data.Readers;

/// <summary>Reads one variable: the contents of a matrix element of <paramref name="size"/> bytes.</summary>
internal sealed class MatlabElement(ByteSource source, bool bigEndian, uint size)
{
    private const int LongestName = 1 << 10;
    private const int MostDimensions = 32;
    private const int BlockSize = 1 << 16;
    private const int FirstNumericClass = 6, LastNumericClass = 15;
    private const uint ComplexFlag = 0x800;
    private long left = size;

    /// <summary>Returns the variable's name, with its values where it is among those that are wanted; nothing is allocated for other dimensions than these.</summary>
    public (string Name, float[]? Values) Read(IReadOnlyDictionary<string, int[]> wanted)
    {
        var flags = ReadSmall(8, "array flags");
        var flagWord = flags.Length == 8 ? MatlabReader.Word(flags, bigEndian) : throw source.Error("is damaged: array flags are not 8 bytes");
        var sizes = ReadSmall(4 * MostDimensions, "dimensions");
        var name = Encoding.Latin1.GetString(ReadSmall(LongestName, "a variable's name"));
        if (!wanted.TryGetValue(name, out var dimensions)) return (name, null);
        if ((flagWord & 0xff) is < FirstNumericClass or > LastNumericClass)
            throw source.Error($"{name} is no numeric array but of MATLAB class {flagWord & 0xff}");
        if ((flagWord & ComplexFlag) != 0) throw source.Error($"{name} is complex, expected real numbers");

        RequireDimensions(sizes, name, dimensions);
        var count = dimensions.Aggregate(1, (product, size) => checked(product * size));
        var (type, bytes, padding) = ReadTag();
        var width = Width(type);
        if (bytes != (long)count * width)
            throw source.Error($"{name} of {string.Join(" x ", dimensions)} has {bytes} bytes of values, expected {(long)count * width}");
        var values = ReadValues(type, width, count, name);
        left -= bytes;
        SkipPadding(padding);
        if (left != 0) throw source.Error($"{name} has {left} bytes too many");
        return (name, values);
    }

    private void RequireDimensions(byte[] sizes, string name, int[] expected)
    {
        if (sizes.Length < 8 || sizes.Length % 4 != 0) throw source.Error($"{name} has damaged dimensions");
        var found = new uint[sizes.Length / 4];
        for (var d = 0; d < found.Length; d++) found[d] = MatlabReader.Word(sizes.AsSpan(4 * d), bigEndian);
        if (!found.SequenceEqual(expected.Select(size => (uint)size)))
            throw source.Error($"{name} is an array of {string.Join(" x ", found)}, expected {string.Join(" x ", expected)}");
    }

    private float[] ReadValues(MatlabType type, int width, int count, string name)
    {
        var block = new byte[BlockSize];
        var values = new float[count];
        for (int filled = 0, n; filled < count; filled += n)
        {
            n = Math.Min(BlockSize / width, count - filled);
            source.ReadExactly(block.AsSpan(0, n * width), $"the values of {name}");
            for (var i = 0; i < n; i++)
            {
                var value = Value(type, block.AsSpan(i * width, width));
                values[filled + i] = float.IsFinite(value) ? value : throw source.Error($"{name} has a value that is not finite, at position {filled + i}");
            }
        }
        return values;
    }

    private byte[] ReadSmall(int longest, string what)
    {
        var (_, bytes, padding) = ReadTag();
        if (bytes > longest || bytes > left) throw source.Error($"is damaged: {what} of {bytes} bytes");
        var data = source.ReadArray((int)bytes, what);
        left -= bytes;
        SkipPadding(padding);
        return data;
    }

    /// <summary>Reads type and length; up to four bytes of contents may share the tag's eight bytes with them.</summary>
    private (MatlabType Type, uint Bytes, int Padding) ReadTag()
    {
        Span<byte> word = stackalloc byte[4];
        source.ReadExactly(word, "an element's tag");
        var first = MatlabReader.Word(word, bigEndian);
        if (first >> 16 is > 0 and var packed)
        {
            if (packed > 4) throw source.Error($"is damaged: a packed element of {packed} bytes");
            left -= 4;
            return ((MatlabType)(first & 0xffff), packed, (int)(4 - packed));
        }
        source.ReadExactly(word, "an element's tag");
        left -= 8;
        var bytes = MatlabReader.Word(word, bigEndian);
        return ((MatlabType)first, bytes, (int)(-bytes & 7));
    }

    /// <summary>Passes over the zeros that fill an element up to eight bytes; some writers leave them out at the very end.</summary>
    private void SkipPadding(int padding)
    {
        padding = (int)Math.Clamp(left, 0, padding);
        source.Skip(padding, "padding");
        left -= padding;
    }

    private int Width(MatlabType type) => type switch
    {
        MatlabType.Int8 or MatlabType.UInt8 => 1,
        MatlabType.Int16 or MatlabType.UInt16 => 2,
        MatlabType.Int32 or MatlabType.UInt32 or MatlabType.Single => 4,
        MatlabType.Int64 or MatlabType.UInt64 or MatlabType.Double => 8,
        _ => throw source.Error($"is damaged: values of element type {(uint)type}"),
    };

    private float Value(MatlabType type, ReadOnlySpan<byte> bytes) => type switch
    {
        MatlabType.Int8 => (sbyte)bytes[0],
        MatlabType.UInt8 => bytes[0],
        MatlabType.Int16 => (short)Bits(bytes),
        MatlabType.UInt16 => (ushort)Bits(bytes),
        MatlabType.Int32 => (int)Bits(bytes),
        MatlabType.UInt32 => (uint)Bits(bytes),
        MatlabType.Single => BitConverter.UInt32BitsToSingle((uint)Bits(bytes)),
        MatlabType.Double => (float)BitConverter.UInt64BitsToDouble(Bits(bytes)),
        MatlabType.Int64 => (long)Bits(bytes),
        _ => Bits(bytes),
    };

    private ulong Bits(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        2 => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => MatlabReader.Word(bytes, bigEndian),
        _ => bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };
}
