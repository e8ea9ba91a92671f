using Heaviside.Priors;
using Heaviside.Priors.Partition;

namespace Heaviside.Tests.Priors;

/// <summary>Machines to test with, and what enumeration says about them.</summary>
internal static class Machines
{
    /// <summary>A machine whose parameters are normal with a given scale, in single precision.</summary>
    public static RestrictedBoltzmannMachine Restricted(int left, int right, double scale = 0.7, ulong seed = 1)
    {
        var machine = new RestrictedBoltzmannMachine(left, right);
        Randomize(machine, scale, seed);
        return machine;
    }

    /// <summary>A machine whose numbers are known.</summary>
    public static RestrictedBoltzmannMachine TwoByTwo()
    {
        var machine = new RestrictedBoltzmannMachine(2, 2);
        machine.to(torch.float64);
        using var _ = torch.no_grad();
        machine.LeftBias.copy_(torch.tensor([0.3, -0.6]));
        machine.RightBias.copy_(torch.tensor([0.1, 0.5]));
        machine.Weights.copy_(torch.tensor([1.2, -0.7, 0.4, 0.9], [2, 2]));
        return machine;
    }

    /// <summary>The same machine in double precision with its weights, and from a uniform base its biases, multiplied by beta.</summary>
    public static RestrictedBoltzmannMachine Tempered(RestrictedBoltzmannMachine machine, double beta, PartitionBase from = PartitionBase.Biases)
    {
        var tempered = new RestrictedBoltzmannMachine(machine.Left, machine.Right);
        tempered.to(torch.float64);
        using var _ = torch.no_grad();
        var ofBiases = from == PartitionBase.Uniform ? beta : 1;
        tempered.LeftBias.copy_(machine.LeftBias.to(torch.float64) * ofBiases);
        tempered.RightBias.copy_(machine.RightBias.to(torch.float64) * ofBiases);
        tempered.Weights.copy_(machine.Weights.to(torch.float64) * beta);
        return tempered;
    }

    /// <summary>A machine of each kind, in double precision.</summary>
    public static BoltzmannMachine OfKind(string kind)
    {
        BoltzmannMachine machine = kind switch
        {
            "restricted" => new RestrictedBoltzmannMachine(3, 4),
            "pairwise" => new PairwiseBoltzmannMachine(6),
            "third order" => new MultilinearBoltzmannMachine(6, [[0], [3], [5], [0, 1], [2, 4], [1, 5], [0, 2, 3], [1, 3, 5], [2, 4, 5]]),
            _ => throw new ArgumentException(kind),
        };
        machine.to(torch.float64);
        Randomize(machine, 0.8, 5);
        return machine;
    }

    public static void Randomize(BoltzmannMachine machine, double scale, ulong seed)
    {
        using var _ = torch.no_grad();
        using var rng = new Generator(seed);
        foreach (var parameter in machine.parameters()) parameter.normal_(0, scale, rng);
    }

    /// <summary>The moments E[z_i z_j] of all pairs, the marginals on the diagonal: shape <c>[N, N]</c>.</summary>
    public static Tensor Moments(BoltzmannMachine machine)
    {
        using var _ = torch.no_grad();
        var states = machine.Enumerate();
        var p = (-machine.Energy(states.to(machine.Type)).to(torch.float64)).softmax(0);
        return states.transpose(0, 1).MatMul(states * p.unsqueeze(1));
    }

    /// <summary>How many standard errors the moments of independent samples are away from exact ones, at most.</summary>
    public static double Deviation(Tensor samples, Tensor moments)
    {
        var z = samples.to(torch.float64);
        var measured = z.transpose(0, 1).MatMul(z) / z.size(0);
        var variance = moments * (1 - moments) / z.size(0);
        return ((measured - moments) / variance.sqrt()).abs().max().Number();
    }
}
