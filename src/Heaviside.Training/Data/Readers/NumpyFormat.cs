using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Heaviside.Data.Readers;

/// <summary>The format of one array: a mark, a version, a header that looks like a Python dictionary, and the elements.</summary>
internal static partial class NumpyFormat
{
    private const int LongestHeader = 1 << 16, MostDimensions = 32;
    private static readonly byte[] Mark = [0x93, .. "NUMPY"u8];

    public static NumpyArray Read(ByteSource source, string name)
    {
        Span<byte> begin = stackalloc byte[8];
        source.ReadExactly(begin, "the header");
        if (!begin.StartsWith(Mark)) throw source.Error("is no NumPy array: it does not begin as one");
        var version = begin[6];
        if (version is < 1 or > 3) throw source.Error($"has format {version}.{begin[7]}, expected 1 to 3");
        var header = ReadHeader(source, version);
        var type = NumpyType.Of(Match(source, header, Descr(), "'descr'"), source);
        var isFortran = Match(source, header, FortranOrder(), "'fortran_order'") == "True";
        var shape = Shape(source, Match(source, header, ShapeTuple(), "'shape'"));
        var count = shape.Aggregate(1L, (product, size) => product * size <= Array.MaxLength ? product * size : throw TooLarge());
        if (count * type.Size > Array.MaxLength) throw TooLarge();
        var values = type.Decode(source.ReadGrowing((int)count * type.Size, $"{count} elements"), source);
        source.ExpectEnd();
        return new(name, shape, isFortran && shape.Length > 1 ? Reordered(values, shape) : values);

        InputException TooLarge() => source.Error($"has the shape ({string.Join(", ", shape)}): more elements than are read");
    }

    private static string ReadHeader(ByteSource source, int version)
    {
        Span<byte> word = stackalloc byte[4];
        word.Clear();
        source.ReadExactly(word[..(version == 1 ? 2 : 4)], "the header");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(word);
        if (length > LongestHeader) throw source.Error($"has a header of {length} bytes, more than {LongestHeader} are not read");
        var bytes = new byte[length];
        source.ReadExactly(bytes, "the header");
        return Encoding.UTF8.GetString(bytes);
    }

    private static string Match(ByteSource source, string header, Regex pattern, string key)
    {
        var found = pattern.Matches(header);
        if (found.Count == 1) return found[0].Groups[1].Value;
        throw source.Error(key == "'descr'" ? "holds records or objects, not an array of numbers" : $"is damaged: its header has no {key}");
    }

    private static int[] Shape(ByteSource source, string text)
    {
        var sizes = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sizes.Length > MostDimensions) throw source.Error($"has {sizes.Length} dimensions, more than {MostDimensions} are not read");
        return [.. sizes.Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw source.Error($"has the shape ({text.Trim()}), expected numbers from 1 to {int.MaxValue}"))];
    }

    // From the first dimension fastest to the last dimension fastest.
    private static Array Reordered(Array values, int[] shape)
    {
        var result = Array.CreateInstance(values.GetType().GetElementType()!, values.Length);
        switch (values, result)
        {
            case (byte[] from, byte[] to): Reorder(from, to, shape); break;
            case (long[] from, long[] to): Reorder(from, to, shape); break;
            case (float[] from, float[] to): Reorder(from, to, shape); break;
        }

        return result;
    }

    private static void Reorder<T>(T[] from, T[] to, int[] shape)
    {
        var strides = new int[shape.Length];
        for (int d = 0, stride = 1; d < shape.Length; stride *= shape[d++]) strides[d] = stride;
        var at = new int[shape.Length];
        for (int i = 0, place = 0; i < to.Length; i++)
        {
            to[i] = from[place];
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                place += strides[d];
                if (++at[d] < shape[d]) break;
                place -= at[d] * strides[d];
                at[d] = 0;
            }
        }
    }

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([^'""]*)['""]")]
    private static partial Regex Descr();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapeTuple();
}
