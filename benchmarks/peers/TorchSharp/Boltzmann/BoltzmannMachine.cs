using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Boltzmann;

/// <summary>A restricted Boltzmann machine with equal sides, and chains that persist from one step to the next.</summary>
internal sealed class BoltzmannMachine : nn.Module
{
    private const int Chains = 100, Sweeps = 200;

    private readonly long side;
    private readonly Parameter a, b, weights;
    private readonly Tensor left;

    internal BoltzmannMachine(long side) : base(nameof(BoltzmannMachine))
    {
        this.side = side;
        a = Parameter(zeros(side));
        b = Parameter(zeros(side));
        weights = Parameter(zeros(side, side));
        left = bernoulli(full(Chains, side, 0.5));
        RegisterComponents();
    }

    /// <summary>The energy of states <c>[..., 2 side]</c>, which may be relaxed.</summary>
    internal Tensor Energy(Tensor z)
    {
        var sides = z.split([side, side], -1);
        var (l, r) = (sides[0], sides[1]);
        return -(l.matmul(a) + r.matmul(b) + (r * l.matmul(weights.t())).sum(-1));
    }

    /// <summary>States <c>[Chains, 2 side]</c> after further sweeps.</summary>
    internal Tensor Sample()
    {
        using var _ = no_grad();
        using var transposed = weights.t();
        var (l, r) = (left.clone(), empty(0));
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Replace(ref r, GibbsSweeps.Draw(b, l, transposed));
            Replace(ref l, GibbsSweeps.Draw(a, r, weights));
        }

        left.copy_(l);
        return cat([l, r], -1);
    }

    private static void Replace(ref Tensor tensor, Tensor other)
    {
        tensor.Dispose();
        tensor = other;
    }
}
