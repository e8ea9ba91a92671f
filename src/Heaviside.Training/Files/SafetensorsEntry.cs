
namespace Heaviside.Files;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DType">The element type as the format spells it: <c>F32</c>, <c>F64</c>, <c>I64</c>, <c>U8</c>, <c>BOOL</c>, ...</param>
/// <param name="Shape">The sizes, outermost first; empty for a scalar.</param>
/// <param name="Data">The elements in row-major order, little-endian; as many bytes as type and shape say.</param>
public sealed record SafetensorsEntry(string Name, string DType, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The bytes of one element, or null for a type that this library does not know.</summary>
    public static int? SizeOf(string dtype) => dtype switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" or "C64" => 8,
        _ => null,
    };

    /// <summary>The bytes that a tensor takes, or null for an unknown type, a negative size or more than 2^63 - 1 bytes.</summary>
    internal static long? ByteCount(string dtype, IReadOnlyList<long> shape)
    {
        if (SizeOf(dtype) is not { } bytes) return null;
        long total = bytes;
        foreach (var size in shape)
        {
            if (size < 0) return null;
            if (Math.BigMul(total, size, out var low) != 0 || low < 0) return null;
            total = low;
        }
        return total;
    }
}
