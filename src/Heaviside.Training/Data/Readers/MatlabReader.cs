using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Heaviside.Data.Readers;

/// <summary>Reads numeric arrays from MATLAB v5 files (what <c>save -v6</c> and <c>save -v7</c> write).</summary>
/// <remarks>A 128-byte header is followed by elements: type, length, contents. A variable is an element that holds four others
/// (class, dimensions, name, values), as it is or compressed by zlib. Both byte orders are read. Cells, structures, text,
/// sparse and complex arrays are errors only when they are asked for.</remarks>
public static class MatlabReader
{
    private const int HeaderSize = 128;

    /// <summary>Reads some variables and passes over all others without keeping them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variables">Their names and the dimensions that they must have, such as <c>[784, 24345]</c>.</param>
    /// <returns>The values by name as float32, all finite, in MATLAB's order: first dimension fastest.</returns>
    /// <exception cref="InputException">The file is missing, of another kind or damaged, lacks a variable or has it in other dimensions, or a value
    /// is not finite.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(string path, params (string Name, int[] Dimensions)[] variables)
    {
        var wanted = variables.ToDictionary(v => v.Name, v => v.Dimensions);
        using var file = ByteSource.OpenFile(path);
        using var source = new ByteSource(file, path, null); // its position is moved from element to element below
        var bigEndian = ReadHeader(source);
        var found = new Dictionary<string, float[]>();
        while (file.Position < file.Length)
        {
            var (type, size) = ReadTag(source, bigEndian);
            if (size > file.Length - file.Position)
                throw source.Error($"is truncated: an element of {size} bytes starts {file.Length - file.Position} bytes before the end");
            var next = file.Position + size;
            using var element = type switch
            {
                MatlabType.Matrix => new ByteSource(new SubStream(file, size), path, size),
                MatlabType.Compressed => new ByteSource(new ZLibStream(new SubStream(file, size), CompressionMode.Decompress), path, null),
                _ => throw source.Error($"is damaged: an element of type {(uint)type} ends at byte {next}"),
            };
            if (type == MatlabType.Compressed && ((type, size) = ReadTag(element, bigEndian)) is not (MatlabType.Matrix, _))
                throw source.Error($"is damaged: a compressed element of type {(uint)type} ends at byte {next}");
            var (name, values) = new MatlabElement(element, bigEndian, size).Read(wanted);
            if (values is not null)
            {
                element.ExpectEnd();
                if (!found.TryAdd(name, values)) throw source.Error($"has two variables named {name}");
            }
            file.Position = next;
        }
        foreach (var name in wanted.Keys)
            if (!found.ContainsKey(name)) throw source.Error($"has no variable named {name}");
        return found;
    }

    internal static uint Word(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static (MatlabType Type, uint Size) ReadTag(ByteSource source, bool bigEndian)
    {
        Span<byte> tag = stackalloc byte[8];
        source.ReadExactly(tag, "an element's tag");
        return ((MatlabType)Word(tag, bigEndian), Word(tag[4..], bigEndian));
    }

    private static bool ReadHeader(ByteSource source)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        source.ReadExactly(header, "the header");
        if (header[0] == 0x1f && header[1] == 0x8b) throw source.Error("is packed by gzip: unpack it first");
        var order = Encoding.Latin1.GetString(header[126..]);
        if (order is not ("IM" or "MI")) throw source.Error("is no MATLAB v5 file: the byte order mark is missing");
        var bigEndian = order == "MI";
        var version = bigEndian ? (header[124] << 8) | header[125] : (header[125] << 8) | header[124];
        return version switch
        {
            0x0100 => bigEndian,
            0x0200 => throw source.Error("is a MATLAB v7.3 (HDF5) file: save it again with -v7"),
            _ => throw source.Error($"has MATLAB version 0x{version:X4}, expected 0x0100"),
        };
    }
}
