using System.Runtime.InteropServices;

namespace Heaviside.Torch.Interop;

/// <summary>The handles of a list of tensors, in unmanaged memory for the length of one call.</summary>
/// <remarks>Each owns a reference: neither a finalizer nor a scope can take a tensor away during the call.</remarks>
internal readonly unsafe ref struct TensorHandles
{
    internal readonly nint* Pointer;
    internal readonly int Count;

    internal TensorHandles(ReadOnlySpan<Tensor?> tensors)
    {
        Count = tensors.Length;
        Pointer = (nint*)NativeMemory.AllocZeroed((nuint)Math.Max(Count, 1), (nuint)sizeof(nint));
        try
        {
            for (var i = 0; i < Count; i++) Pointer[i] = tensors[i]?.Retain() ?? 0;
        }
        catch (ObjectDisposedException)
        {
            Dispose();
            throw;
        }
    }

    internal void Dispose()
    {
        for (var i = 0; i < Count; i++)
            if (Pointer[i] != 0) Native.hv_release_tensor(Pointer[i]);
        NativeMemory.Free(Pointer);
    }
}
