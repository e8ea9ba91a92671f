using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Heaviside.Tests.Data.Readers;

/// <summary>Writes small MATLAB v5 files, element by element, after the published description of the format.</summary>
internal sealed class MatlabFile(bool bigEndian)
{
    public const int Int8 = 1, UInt8 = 2, Int16 = 3, UInt16 = 4, Int32 = 5, UInt32 = 6, Single = 7, Double = 9, Int64 = 12, UInt64 = 13;
    private readonly MemoryStream file = new();

    public byte[] Bytes => file.ToArray();

    public MatlabFile Header(int version = 0x0100)
    {
        file.Write(Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)));
        file.Write(Number((ulong)version, 2));
        file.Write(Encoding.ASCII.GetBytes(bigEndian ? "MI" : "IM"));
        return this;
    }

    public MatlabFile Variable(string name, int type, double[] values, int[] dimensions, bool compressed = false, int matlabClass = 6, int flags = 0)
    {
        byte[] body =
        [
            .. Element(UInt32, [.. Number((ulong)((flags << 8) | matlabClass), 4), .. Number(0, 4)]),
            .. Element(Int32, [.. dimensions.SelectMany(d => Number((ulong)d, 4))]),
            .. Element(Int8, Encoding.ASCII.GetBytes(name)),
            .. Element(type, [.. values.SelectMany(value => Value(type, value))]),
        ];
        byte[] matrix = [.. Number(14, 4), .. Number((ulong)body.Length, 4), .. body];
        file.Write(compressed ? [.. Number(15, 4), .. Number((ulong)Deflate(matrix).Length, 4), .. Deflate(matrix)] : matrix);
        return this;
    }

    private byte[] Element(int type, byte[] contents) => contents.Length is > 0 and <= 4
        ? [.. Number(((ulong)contents.Length << 16) | (uint)type, 4), .. contents, .. new byte[4 - contents.Length]]
        : [.. Number((ulong)type, 4), .. Number((ulong)contents.Length, 4), .. contents, .. new byte[-contents.Length & 7]];

    private byte[] Value(int type, double value) => type switch
    {
        Int8 or UInt8 => Number((ulong)(long)value, 1),
        Int16 or UInt16 => Number((ulong)(long)value, 2),
        Int32 or UInt32 => Number((ulong)(long)value, 4),
        Int64 or UInt64 => Number((ulong)(long)value, 8),
        Single => Number(BitConverter.SingleToUInt32Bits((float)value), 4),
        _ => Number(BitConverter.DoubleToUInt64Bits(value), 8),
    };

    private byte[] Number(ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        byte[] used = [.. all[..bytes]];
        if (bigEndian) Array.Reverse(used);
        return used;
    }

    private static byte[] Deflate(byte[] contents)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(contents);
        return packed.ToArray();
    }
}
