using System.Buffers.Binary;

namespace Heaviside.Files;

/// <summary>Named tensors in one file, in the safetensors format: nothing in it is ever executed.</summary>
/// <remarks>Layout: the header's length (8 bytes, little-endian), the header (JSON, padded with blanks so that the data
/// begin at a multiple of 8), the data of all tensors without gaps. A file is checked completely before a tensor is
/// read, and what it claims never makes this allocate more than it holds.</remarks>
public sealed class SafetensorsFile
{
    /// <summary>The longest header that is read or written, as in the reference implementation.</summary>
    internal const long HeaderLimit = 100_000_000;
    private const int PrefixLength = 8;

    private SafetensorsFile(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata) =>
        (Entries, Metadata) = (entries, metadata);

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The file's own notes: text by text; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is no valid safetensors file; says why.</exception>
    public static SafetensorsFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads from the current position of a stream that knows its length to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="source">What to call it in errors.</param>
    /// <exception cref="InputException">The bytes are no valid safetensors file; says why.</exception>
    public static SafetensorsFile Read(Stream stream, string source)
    {
        var available = stream.Length - stream.Position;
        if (available < PrefixLength) throw Bad(source, $"{available} bytes are too few");
        Span<byte> prefix = stackalloc byte[PrefixLength];
        Fill(stream, prefix, source);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        available -= PrefixLength;
        if (headerLength > HeaderLimit) throw Bad(source, $"a header of {headerLength} bytes is over the limit of {HeaderLimit}");
        if ((long)headerLength > available) throw Bad(source, $"the header should have {headerLength} bytes, but {available} are left");

        var json = new byte[headerLength];
        Fill(stream, json, source);
        var header = SafetensorsHeader.Parse(json, available - json.Length, source);
        var entries = new SafetensorsEntry[header.Tensors.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (name, dtype, shape, begin, end) = header.Tensors[i];
            if (end - begin > Array.MaxLength) throw Bad(source, $"tensor '{name}' has {end - begin} bytes, more than can be read");
            var data = new byte[end - begin];
            Fill(stream, data, source);
            entries[i] = new SafetensorsEntry(name, dtype, shape, data);
        }
        return new SafetensorsFile(entries, header.Metadata);
    }

    /// <summary>Writes a file, all or nothing.</summary>
    /// <exception cref="ArgumentException">Two tensors share a name, or data do not fit type and shape.</exception>
    public static void Write(string path, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, entries, metadata));

    /// <summary>Writes to a stream, the tensors in the order given.</summary>
    /// <exception cref="ArgumentException">Two tensors share a name, or data do not fit type and shape.</exception>
    public static void Write(Stream stream, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsEntry[] tensors = [.. entries];
        var json = SafetensorsHeader.Format(tensors, metadata).Span;
        var padding = -json.Length & 7;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length + padding);
        stream.Write(prefix);
        stream.Write(json);
        stream.Write("       "u8[..padding]);
        foreach (var tensor in tensors) stream.Write(tensor.Data.Span);
    }

    internal static InputException Bad(string source, string reason, Exception? inner = null) =>
        new($"{source}: is no valid safetensors file: {reason}", inner);

    private static void Fill(Stream stream, Span<byte> bytes, string source)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Bad(source, "it ended while being read");
    }
}
