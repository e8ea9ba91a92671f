using System.IO.Compression;

namespace Heaviside.Data.Readers;

/// <summary>What the members of a gzip file hold, one behind the other.</summary>
/// <remarks>To <see cref="GZipStream"/> a file that was cut short has simply ended. So one more member is put behind the file: unless its contents
/// come out last, something before it was not whole, and that is an <see cref="InvalidDataException"/>.</remarks>
internal sealed class GzipMembers : ForwardStream
{
    private const int BlockSize = 1 << 16;
    private static readonly byte[] Mark = "the end of the file "u8.ToArray();
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly GZipStream unpacked;
    private readonly byte[] block = new byte[BlockSize];
    private int begin, end;
    private bool isAtEnd;

    /// <summary>Takes over a stream at the beginning of its first member.</summary>
    public GzipMembers(Stream packed) => unpacked = new(new Marked(packed), CompressionMode.Decompress);

    // The bytes of the mark stay in the block.
    public override int Read(Span<byte> buffer)
    {
        while (end - begin <= Mark.Length && !isAtEnd) Refill();
        var count = Math.Min(buffer.Length, end - begin - Mark.Length);
        this.block.AsSpan(begin, count).CopyTo(buffer);
        begin += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    private void Refill()
    {
        this.block.AsSpan(begin, end - begin).CopyTo(this.block);
        (begin, end) = (0, end - begin);
        var read = unpacked.Read(this.block, end, BlockSize - end);
        end += read;
        isAtEnd = read == 0;
        if (isAtEnd && !this.block.AsSpan(0, end).SequenceEqual(Mark)) throw new InvalidDataException("it is cut short, or something follows its end");
    }

    private static byte[] Pack(byte[] contents)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(contents);
        return packed.ToArray();
    }

    /// <summary>A stream and then the mark.</summary>
    private sealed class Marked(Stream packed) : ForwardStream
    {
        private readonly MemoryStream mark = new(MarkMember);

        public override int Read(Span<byte> buffer) => packed.Read(buffer) is > 0 and var read ? read : this.mark.Read(buffer);
        protected override void Dispose(bool disposing)
        {
            if (disposing) packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
