using Heaviside.Priors;

namespace Heaviside.Cli.Benchmarks;

/// <summary>Block Gibbs sweeps as one writes them with torch's operators: plainly, and in place, without torch's slow bernoulli.</summary>
internal sealed class TorchSweeps
{
    private readonly RestrictedBoltzmannMachine machine;
    private readonly Generator rng;
    private readonly Tensor transposed, z1, z2, p1, p2, u1, u2;

    internal TorchSweeps(RestrictedBoltzmannMachine machine, int chains, Generator rng)
    {
        (this.machine, this.rng) = (machine, rng);
        transposed = machine.Weights.t();
        z1 = torch.zeros([chains, machine.Left]);
        z2 = torch.zeros([chains, machine.Right]);
        (p1, p2, u1, u2) = (torch.empty_like(z1), torch.empty_like(z2), torch.empty_like(z1), torch.empty_like(z2));
    }

    /// <summary>bernoulli(sigmoid(addmm)) for each side.</summary>
    internal void Plain(int sweeps)
    {
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            using var scope = torch.NewDisposeScope();
            z2.copy_(torch.bernoulli(torch.sigmoid(machine.RightBias.addmm(z1, transposed)), rng));
            z1.copy_(torch.bernoulli(torch.sigmoid(machine.LeftBias.addmm(z2, machine.Weights)), rng));
        }
    }

    /// <summary>The same in place, with uniform numbers compared.</summary>
    internal void Tuned(int sweeps)
    {
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            using var scope = torch.NewDisposeScope();
            z2.copy_(u2.uniform_(0, 1, rng).lt(p2.copy_(machine.RightBias).addmm_(z1, transposed).sigmoid_()));
            z1.copy_(u1.uniform_(0, 1, rng).lt(p1.copy_(machine.LeftBias).addmm_(z2, machine.Weights).sigmoid_()));
        }
    }
}
