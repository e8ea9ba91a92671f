using System.Runtime.InteropServices;

namespace Heaviside.Torch.Interop;

/// <summary>The handles of a list of tensors, in unmanaged memory for the length of one call.</summary>
internal readonly unsafe ref struct TensorHandles
{
    internal readonly nint* Pointer;
    internal readonly int Count;

    internal TensorHandles(ReadOnlySpan<Tensor?> tensors)
    {
        Count = tensors.Length;
        Pointer = (nint*)NativeMemory.Alloc((nuint)Math.Max(Count, 1), (nuint)sizeof(nint));
        for (var i = 0; i < Count; i++) Pointer[i] = tensors[i]?.Handle ?? 0;
    }

    internal void Dispose() => NativeMemory.Free(Pointer);
}
