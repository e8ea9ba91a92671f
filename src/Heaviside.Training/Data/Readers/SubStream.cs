namespace Heaviside.Data.Readers;

/// <summary>The next <paramref name="length"/> bytes of another stream, which stays open.</summary>
internal sealed class SubStream(Stream inner, long length) : ForwardStream
{
    private long left = length;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        left -= read;
        return read;
    }
}
