using Heaviside.Kernels;

namespace Heaviside.Priors.Kernels;

/// <summary>Every decision exact at once: what <see cref="QuantizedKernel"/> must agree with, bit for bit.</summary>
internal sealed class PortableKernel(RestrictedBoltzmannMachine machine, int chains) : Int16Kernel(machine, chains)
{
    private protected override void Draw(Direction direction, int block, ChainRows rows, ref Xoshiro128 stream) =>
        DrawExactly(direction, block, rows, ref stream);
}
