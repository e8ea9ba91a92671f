using System.Runtime.Intrinsics;
using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Every decision exact at once: what <see cref="QuantizedKernel"/> must agree with, bit for bit.</summary>
internal sealed unsafe class PortableKernel(RestrictedBoltzmannMachine machine, int chains) : Int16Kernel(machine, chains, isWide: false)
{
    /// <inheritdoc/>
    internal override GibbsPath Path => Substitute?.Path ?? GibbsPath.Portable;

    private protected override void Draw(Vector256<short>* logits, int used, int block, ChainRows rows, ref Xoshiro128 stream) =>
        DrawExactly(logits, used, block, rows, ref stream);
}
