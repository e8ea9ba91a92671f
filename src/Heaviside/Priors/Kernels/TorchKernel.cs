
namespace Heaviside.Priors.Kernels;

/// <summary>Sweeps by torch's operators, where the machine is. Probabilities have steps of 2^-24.</summary>
internal sealed class TorchKernel(RestrictedBoltzmannMachine machine) : GibbsKernel
{
    /// <inheritdoc/>
    internal override GibbsPath Path => GibbsPath.Torch;

    internal override void Run(Tensor states, Tensor streams, int sweeps, int threads)
    {
        machine.RequireFinite();
        var (z1, z2) = (states.narrow(1, 0, machine.Left).to(machine.Type, machine.Place), states.narrow(1, machine.Left, machine.Right).to(machine.Type, machine.Place));
        var (u1, u2) = (torch.empty_like(z1), torch.empty_like(z2));
        foreach (var seed in ChainStreams.NextKeys(streams, sweeps))
        {
            using var scope = torch.NewDisposeScope();
            using var rng = new Generator(seed, machine.Place);
            z2.copy_(u2.uniform_(0, 1, rng).lt(machine.RightLogits(z1).sigmoid_()));
            z1.copy_(u1.uniform_(0, 1, rng).lt(machine.LeftLogits(z2).sigmoid_()));
        }

        states.copy_(torch.cat([z1, z2], 1));
    }
}
