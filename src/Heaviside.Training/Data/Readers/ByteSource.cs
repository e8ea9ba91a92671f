using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Heaviside.Data.Readers;

/// <summary>The bytes of one data file, plain or gzip; whatever goes wrong becomes one <see cref="InputException"/>.</summary>
/// <remarks>Memory follows the bytes that really arrive: a count in a header is checked against the file's length,
/// and where the length is not known (compressed data) arrays grow by doubling as they are filled.</remarks>
internal sealed class ByteSource : IDisposable
{
    private const int FirstBlock = 1 << 16;
    private readonly Stream stream;
    private readonly string path;
    private long? left;
    private long total;
    private uint? gzipLength;

    /// <summary>Wraps a stream that holds <paramref name="length"/> bytes, or an unknown number when it is null.</summary>
    public ByteSource(Stream stream, string path, long? length) => (this.stream, this.path, left) = (stream, path, length);

    /// <summary>Opens a file; gzip is recognized by its first two bytes, whatever the file is called.</summary>
    public static ByteSource Open(string path)
    {
        var file = OpenFile(path);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        if (!isGzip)
        {
            file.Position = 0;
            return new ByteSource(file, path, file.Length);
        }
        Span<byte> trailer = stackalloc byte[4];
        file.Position = Math.Max(0, file.Length - trailer.Length);
        file.ReadAtLeast(trailer, trailer.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return new ByteSource(new GZipStream(file, CompressionMode.Decompress), path, null)
        {
            gzipLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer),
        };
    }

    /// <summary>Opens a file, taking its bytes as they are.</summary>
    public static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FirstBlock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>An error that names the file.</summary>
    public InputException Error(string reason, Exception? inner = null) => new($"{this.path}: {reason}", inner);

    /// <summary>Fills <paramref name="target"/> or throws, saying that <paramref name="what"/> is cut short.</summary>
    public void ReadExactly(Span<byte> target, string what)
    {
        var read = Read(target);
        if (read < target.Length) throw Truncated(what, target.Length - read);
    }

    /// <summary>Fills as much of <paramref name="target"/> as the file has left and returns how much that was.</summary>
    public int Read(Span<byte> target)
    {
        try
        {
            var read = this.stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            left -= read;
            total += read;
            return read;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Error($"is damaged: {e.Message}", e);
        }
    }

    /// <summary>Reads <paramref name="count"/> bytes into a new array.</summary>
    public byte[] ReadArray(long count, string what)
    {
        if (count > Array.MaxLength) throw Error($"{what} would take {count} bytes, more than an array can hold");
        if (count > left) throw Truncated(what, count - left.Value);
        var data = new byte[left is null ? Math.Min(count, FirstBlock) : count];
        for (var filled = 0; ;)
        {
            ReadExactly(data.AsSpan(filled), what);
            filled = data.Length;
            if (filled == count) return data;
            Array.Resize(ref data, (int)Math.Min(count, 2L * filled));
        }
    }

    /// <summary>All that is left, as UTF-8 text.</summary>
    public string ReadText()
    {
        var text = new MemoryStream();
        var block = new byte[FirstBlock];
        for (int read; (read = Read(block)) > 0;) text.Write(block, 0, read);
        ExpectEnd();
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Passes over <paramref name="count"/> bytes.</summary>
    public void Skip(long count, string what)
    {
        if (count > left) throw Truncated(what, count - left.Value);
        var block = new byte[(int)Math.Min(count, FirstBlock)];
        for (; count > 0; count -= block.Length) ReadExactly(block.AsSpan(0, (int)Math.Min(count, block.Length)), what);
    }

    /// <summary>Throws unless everything has been read; for compressed data this verifies its checksum and length too.</summary>
    public void ExpectEnd()
    {
        if (Read(stackalloc byte[1]) > 0) throw Error("is longer than its contents should be");
        if (gzipLength is { } length && length != (uint)total)
            throw Error("is truncated or damaged: its last bytes do not fit its contents"); // GZipStream takes a missing trailer for an end
    }

    public void Dispose() => this.stream.Dispose();

    private InputException Truncated(string what, long missing) => Error($"is truncated: {missing} bytes of {what} are missing");
}
