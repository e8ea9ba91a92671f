using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Heaviside.Data.Readers;

/// <summary>The type of an array's elements, such as <c>&lt;f4</c>: byte order, kind and size.</summary>
/// <param name="Kind">b, u, i or f.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="IsBig">Whether the most significant byte comes first.</param>
internal sealed partial record NumpyType(char Kind, int Size, bool IsBig)
{
    private static readonly string[] Known = ["b1", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"];

    /// <summary>Reads the type's text.</summary>
    public static NumpyType Of(string text, ByteSource source)
    {
        var match = Form().Match(text);
        if (match.Success && Known.Contains(match.Groups[2].Value)) return new(match.Groups[2].Value[0], match.Groups[2].Value[1] - '0', match.Groups[1].Value == ">");
        var what = text.AsSpan().IndexOf('O') >= 0 ? "Python objects, which are not read: reading them would execute code" : $"elements of type '{string.Concat(text.Take(20).Where(c => !char.IsControl(c)))}'";
        throw source.Error($"holds {what}; expected numbers ({string.Join(", ", Known)})");
    }

    /// <summary>The elements, see <see cref="NumpyArray.Values"/>.</summary>
    public Array Decode(byte[] bytes, ByteSource source)
    {
        switch (Kind, Size)
        {
            case ('u', 1): return bytes;
            case ('b', 1):
                var wrong = bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1);
                return wrong < 0 ? bytes : throw source.Error($"is damaged: truth value {wrong} is {bytes[wrong]}");
            case ('f', _): return Each(bytes, Float);
            default: return Each(bytes, Long(source));
        }
    }

    private T[] Each<T>(byte[] bytes, Func<ReadOnlySpan<byte>, T> read)
    {
        var values = new T[bytes.Length / Size];
        for (var i = 0; i < values.Length; i++)
        {
            var element = bytes.AsSpan(i * Size, Size);
            if (IsBig) element.Reverse();
            values[i] = read(element);
        }

        return values;
    }

    private float Float(ReadOnlySpan<byte> element) => Size switch
    {
        2 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
        4 => BinaryPrimitives.ReadSingleLittleEndian(element),
        _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
    };

    private Func<ReadOnlySpan<byte>, long> Long(ByteSource source) => (Kind, Size) switch
    {
        ('u', 2) => e => BinaryPrimitives.ReadUInt16LittleEndian(e),
        ('u', 4) => e => BinaryPrimitives.ReadUInt32LittleEndian(e),
        ('u', _) => e => BinaryPrimitives.ReadInt64LittleEndian(e) is >= 0 and var value ? value : throw source.Error("holds a number of 2^63 or more"),
        ('i', 1) => e => (sbyte)e[0],
        ('i', 2) => e => BinaryPrimitives.ReadInt16LittleEndian(e),
        ('i', 4) => e => BinaryPrimitives.ReadInt32LittleEndian(e),
        _ => e => BinaryPrimitives.ReadInt64LittleEndian(e),
    };

    [GeneratedRegex(@"^([<>|=]?)(\w\d)$")]
    private static partial Regex Form();
}
