using System.Buffers.Binary;

namespace Heaviside.Torch;

/// <summary>Operators that TorchSharp has not, or not safely: where arguments do not fit, some of its own end the process.</summary>
internal static class Checked
{
    /// <summary>The matrix product over the last two dimensions, the others broadcast; as PyTorch's <c>matmul</c>.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    internal static Tensor MatMul(this Tensor a, Tensor b)
    {
        long[] left = a.shape, right = b.shape;
        if (left.Length == 0 || right.Length == 0 || left[^1] != right[Math.Max(0, right.Length - 2)] || !Broadcasts(left, right))
            throw new ArgumentException($"b: expected a shape that [{string.Join(", ", left)}] can be multiplied with, got [{string.Join(", ", right)}]", nameof(b));
        if (a.dtype != b.dtype) throw new ArgumentException($"b: expected {a.dtype} numbers, as the first factor's, got {b.dtype}", nameof(b));
        return a.matmul(b);
    }

    /// <summary>Continues a stream of random numbers from a state that <c>get_state</c> returned.</summary>
    /// <exception cref="ArgumentException">It is no state of such a generator; the generator is as it was then.</exception>
    internal static void SetState(this Generator generator, Tensor state)
    {
        using var own = generator.get_state();
        if (state.dtype != ScalarType.Byte || state.dim() != 1 || state.numel() != own.numel())
            throw new ArgumentException($"state: expected [{own.numel()}] of {ScalarType.Byte}, got [{string.Join(", ", state.shape)}] of {state.dtype}", nameof(state));
        using var near = state.cpu().contiguous();
        if (!IsValid(near.AsSpan<byte>())) throw new ArgumentException($"state: the {own.numel()} bytes are not those of a generator", nameof(state));
        generator.set_state(near);
    }

    /// <summary>Writes 1 where the last dimension has an index, and returns the tensor.</summary>
    internal static Tensor ScatterOnes(this Tensor zeros, Tensor index)
    {
        using var ones = torch.ones_like(index, zeros.dtype);
        return zeros.scatter_(-1, index, ones);
    }

    // What libtorch asks for. Of a Mersenne Twister: how many of its 624 words are left, whether it has a seed, which word is next.
    // Of a GPU's generator, the seed and then the offset: a multiple of 4.
    private static bool IsValid(ReadOnlySpan<byte> state)
    {
        const int Words = 624, ShortState = 16;
        if (state.Length <= ShortState) return state.Length < ShortState || BinaryPrimitives.ReadUInt64LittleEndian(state[8..]) % 4 == 0;
        var (left, seeded) = (BinaryPrimitives.ReadInt32LittleEndian(state[8..]), BinaryPrimitives.ReadInt32LittleEndian(state[12..]));
        return left is > 0 and <= Words && seeded != 0 && BinaryPrimitives.ReadUInt64LittleEndian(state[16..]) <= Words;
    }

    private static bool Broadcasts(long[] a, long[] b)
    {
        for (var i = 3; i <= Math.Min(a.Length, b.Length); i++)
            if (a[^i] != b[^i] && a[^i] != 1 && b[^i] != 1) return false;
        return true;
    }
}
