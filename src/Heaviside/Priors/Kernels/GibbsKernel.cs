using System.Runtime.Intrinsics.X86;

namespace Heaviside.Priors.Kernels;

/// <summary>One way to compute block Gibbs sweeps of one machine.</summary>
internal abstract class GibbsKernel
{
    /// <summary>The kernel of a path on this processor.</summary>
    internal static GibbsKernel Create(GibbsPath path, RestrictedBoltzmannMachine machine, int chains) => path switch
    {
        GibbsPath.Quantized => Avx2.IsSupported ? new QuantizedKernel(machine, chains) : new PortableKernel(machine, chains),
        GibbsPath.Tables => new SinglePrecisionKernel(machine, chains),
        GibbsPath.Portable => new PortableKernel(machine, chains),
        _ => new TorchKernel(machine),
    };

    /// <summary>The path that the last sweeps took.</summary>
    internal abstract GibbsPath Path { get; }

    /// <summary>Moves chains on in place.</summary>
    /// <param name="states">Shape <c>[C, L + R]</c>, bytes of 0 and 1.</param>
    /// <param name="streams">One for each group of chains, see <see cref="ChainStreams"/>.</param>
    /// <param name="sweeps">How often all right units, then all left ones, are drawn anew.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <exception cref="InvalidOperationException">A parameter of the machine is not finite.</exception>
    internal abstract void Run(Tensor states, Tensor streams, int sweeps, int threads);
}
