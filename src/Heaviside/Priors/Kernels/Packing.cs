using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heaviside.Priors.Kernels;

/// <summary>Bits four to a byte, each byte 8 times the number that they make: the index of a table's entry, which an address may hold 1, 2, 4 or 8 times.</summary>
internal static class Packing
{
    /// <summary>Bytes for some bits: those of whole blocks of 16.</summary>
    internal static int Bytes(int bits) => (bits + 15) / 16 * 4;

    /// <summary>Four bytes that hold 16 bits, the lowest first.</summary>
    internal static uint Spread(uint bits) => Bmi2.IsSupported
        ? Bmi2.ParallelBitDeposit(bits, 0x78787878)
        : ((bits & 0xF) << 3) | ((bits & 0xF0) << 7) | ((bits & 0xF00) << 11) | ((bits & 0xF000) << 15);

    /// <summary>Packs bytes of 0 and 1.</summary>
    internal static void Pack(ReadOnlySpan<byte> units, Span<byte> packed)
    {
        Span<byte> rest = stackalloc byte[16];
        for (; units.Length >= 16; units = units[16..], packed = packed[4..]) Block(units, packed);
        if (units.IsEmpty) return;
        rest.Clear();
        units.CopyTo(rest);
        Block(rest, packed);
    }

    /// <summary>Writes packed bits as bytes of 0 and 1.</summary>
    internal static void Unpack(ReadOnlySpan<byte> packed, Span<byte> units)
    {
        // The product puts bit k at bit 8k, and other bits where the mask has none.
        const uint Places = 0x00204081, Lowest = 0x01010101;
        for (; units.Length >= 4; units = units[4..], packed = packed[1..])
            BitConverter.TryWriteBytes(units, ((uint)(packed[0] >> 3) * Places) & Lowest);
        for (var i = 0; i < units.Length; i++) units[i] = (byte)((packed[0] >> (3 + i)) & 1);
    }

    private static void Block(ReadOnlySpan<byte> units, Span<byte> packed)
    {
        var bits = (Vector128.Create(units) << 7).ExtractMostSignificantBits();
        BitConverter.TryWriteBytes(packed, Spread(bits));
    }
}
