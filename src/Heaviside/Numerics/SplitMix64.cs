using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Heaviside.Numerics;

/// <summary>Random bits: a stream that is a pure function of its key.</summary>
/// <remarks><para>Whoever needs random bits makes a stream from (seed, purpose, and two numbers such as epoch and image)
/// and drops it afterwards. Nothing has to be saved: a run that resumes at (epoch, batch) makes the same streams again.</para>
/// <para>The generator is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a counter with a strong mixing function.
/// Its numbers do not depend on the machine.</para></remarks>
public struct SplitMix64
{
    private const ulong Step = 0x9e3779b97f4a7c15;
    private ulong counter;

    /// <summary>The stream of a key; keys that differ anywhere give unrelated streams.</summary>
    public SplitMix64(ulong seed, RandomPurpose purpose, int first = 0, int second = 0)
    {
        this.counter = Mix(seed + Step);
        this.counter = Mix(this.counter ^ ((ulong)purpose * Step));
        this.counter = Mix(this.counter ^ (((ulong)(uint)first << 32) | (uint)second));
    }

    /// <summary>The generator as published, from the counter itself: for seeding others.</summary>
    internal SplitMix64(ulong counter) => this.counter = counter;

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(this.counter += Step);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, each exactly as likely as the others.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var rejected = (1UL << 32) % (uint)bound; // so many of the 2^32 low halves would favor some numbers
        while (true)
        {
            var product = (Next() >> 32) * (uint)bound;
            if ((uint)product >= rejected) return (int)(product >> 32);
        }
    }

    /// <summary>Fills a span with bytes from 0 to 254, each exactly as likely as the others.</summary>
    /// <remarks>Bytes are taken eight at a time, low byte first; then every 255, from left to right, is drawn again until it is none.</remarks>
    public void FillBelow255(Span<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var counter = this.counter; // a local can stay in a register
        for (var i = 0; i < words.Length; i++)
        {
            var word = Mix(counter += Step);
            words[i] = BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
        }
        this.counter = counter;
        for (var i = words.Length * sizeof(ulong); i < bytes.Length; i++) bytes[i] = (byte)Next();
        for (int at; (at = bytes.IndexOf((byte)255)) >= 0; bytes = bytes[at..])
            while (bytes[at] == 255) bytes[at] = (byte)Next();
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order, every order as likely as the others.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// <summary>The mixing function: one to one, and every bit of the result depends on every bit of z.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
