using System.Buffers;
using System.Text;

namespace Heaviside.Data.Readers;

/// <summary>The bytes of one data file, plain or gzip of one or more members; whatever goes wrong becomes one <see cref="InputException"/>.</summary>
/// <remarks>Who reads knows how much there may be and asks for no more: neither a count in a header nor what a few compressed bytes
/// unpack to decides how much memory is taken.</remarks>
/// <param name="stream">The bytes.</param>
/// <param name="path">What errors begin with.</param>
/// <param name="length">How many bytes the stream holds; null where that is not known.</param>
/// <param name="most">The most that it may hold.</param>
internal sealed class ByteSource(Stream stream, string path, long? length, long most = long.MaxValue) : IDisposable
{
    private const int BlockSize = 1 << 16, MostBlankLines = 1000;
    private readonly Stream stream = stream;
    private readonly string path = path;
    private long? left = length;
    private long total;

    /// <summary>Opens a file; gzip is recognized by its first two bytes, whatever the file is called.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may hold, unpacked.</param>
    public static ByteSource Open(string path, long most = long.MaxValue)
    {
        var file = OpenFile(path);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new ByteSource(new GzipMembers(file), path, null, most) : new ByteSource(file, path, file.Length, most);
    }

    /// <summary>Opens a file of which nobody knows how much it holds: what is packed may unpack to as much as <see cref="MostUnpacked"/>.</summary>
    public static ByteSource OpenLimited(string path)
    {
        using var file = OpenFile(path);
        return Open(path, Math.Max(file.Length, MostUnpacked(file.Length)));
    }

    /// <summary>The most bytes that so many packed ones may unpack to: 256 MiB, or 100 times as many where that is more.</summary>
    public static long MostUnpacked(long packed) => Math.Max(1L << 28, 100 * packed);

    /// <summary>Opens a file, taking its bytes as they are.</summary>
    public static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>How many bytes of a text's beginning are a mark of UTF-8.</summary>
    /// <exception cref="InputException">They are a mark of UTF-16.</exception>
    public int MarkOf(ReadOnlySpan<byte> begin)
    {
        if (begin is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw Error("is text in UTF-16: save it as UTF-8");
        return begin is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
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
            return total <= most ? read : throw TooMuch();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Error($"is damaged: {e.Message}", e);
        }
    }

    /// <summary>Reads <paramref name="count"/> bytes, no more than the caller is ready to take, into a new array.</summary>
    public byte[] ReadArray(int count, string what)
    {
        if (count > left) throw Truncated(what, count - left.Value);
        var data = new byte[count];
        ReadExactly(data, what);
        return data;
    }

    /// <summary>Reads <paramref name="count"/> bytes of a file that may be shorter than it says: memory is taken as they come.</summary>
    public byte[] ReadGrowing(int count, string what)
    {
        if (count > left) throw Truncated(what, count - left.Value);
        if (total + count > most) throw TooMuch();
        var data = new byte[left is null ? Math.Min(count, BlockSize) : count];
        for (var filled = 0; filled < count;)
        {
            if (filled == data.Length) Array.Resize(ref data, (int)Math.Min(count, 2L * filled));
            var read = Read(data.AsSpan(filled));
            if (read == 0) throw Truncated(what, count - filled);
            filled += read;
        }

        return data;
    }

    /// <summary>What is left as a stream, for other readers; errors come out of it as they do here.</summary>
    public Stream AsStream() => new Rest(this);

    /// <summary>All lines that are left of UTF-8 text, one at a time and without their ends; blank ones at the end of the file are left out.</summary>
    /// <param name="longest">The most bytes of a line.</param>
    public IEnumerable<string> ReadLines(int longest)
    {
        var block = new byte[BlockSize];
        var line = new ArrayBufferWriter<byte>();
        var blank = 0;
        for (int read; (read = Read(block)) > 0;)
            for (var at = total == read ? MarkOf(block.AsSpan(0, read)) : 0; at < read;)
            {
                var found = Array.IndexOf(block, (byte)'\n', at, read - at);
                var end = found < 0 ? read : found;
                if (line.WrittenCount + end - at > longest) throw Error($"has a line of more than {longest} bytes");
                line.Write(block.AsSpan(at, end - at));
                at = end + 1;
                if (found < 0) continue;
                foreach (var text in Take()) yield return text;
            }

        foreach (var text in Take()) yield return text;

        // A blank line counts once one follows that is not.
        IEnumerable<string> Take()
        {
            var text = Encoding.UTF8.GetString(line.WrittenSpan);
            line.ResetWrittenCount();
            if (string.IsNullOrWhiteSpace(text))
            {
                if (++blank > MostBlankLines) throw Error($"has more than {MostBlankLines} blank lines one after the other");
                yield break;
            }

            for (; blank > 0; blank--) yield return "";
            yield return text;
        }
    }

    /// <summary>Passes over <paramref name="count"/> bytes.</summary>
    public void Skip(long count, string what)
    {
        if (count > left) throw Truncated(what, count - left.Value);
        var block = new byte[(int)Math.Min(count, BlockSize)];
        for (; count > 0; count -= block.Length) ReadExactly(block.AsSpan(0, (int)Math.Min(count, block.Length)), what);
    }

    /// <summary>Throws unless everything has been read; for compressed data this verifies its checksums and lengths too.</summary>
    public void ExpectEnd()
    {
        if (Read(stackalloc byte[1]) > 0) throw Error("is longer than its contents should be");
    }

    public void Dispose() => this.stream.Dispose();

    private InputException TooMuch() => Error($"holds more than {most} bytes, more than are read of such a file");

    private InputException Truncated(string what, long missing) => Error($"is truncated: {missing} bytes of {what} are missing");

    private sealed class Rest(ByteSource source) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => source.Read(buffer);
    }
}
