using Heaviside.Priors.Kernels;
using TorchSharp.Utils;

namespace Heaviside.Priors;

/// <summary>Chains of states that go on from call to call and have a machine's law as their limit.</summary>
/// <remarks>All that the chains are lies in two buffers, which a checkpoint saves as it does every module's: their states, and
/// those of the random streams. Chains that are loaded go on bit for bit. They are never begun anew: persistent
/// contrastive divergence (doi:10.1145/1390156.1390290).</remarks>
public abstract class MarkovChains : Component
{
    private protected MarkovChains(BoltzmannMachine machine, int chains, int streams, Generator rng)
        : base(nameof(MarkovChains))
    {
        if (chains < 1) throw new ArgumentOutOfRangeException(nameof(chains), chains, "there is at least one chain");
        using var scope = torch.NewDisposeScope();
        Chains = chains;
        Streams = this.AddBuffer("streams", ChainStreams.Create(streams, rng));
        States = this.AddBuffer("states", torch.randint(0, 2, [chains, machine.Units], ScalarType.Byte, generator: rng));
    }

    /// <summary>The number of chains, C.</summary>
    public int Chains { get; }

    /// <summary>The states of the chains now: shape <c>[C, N]</c> of 0 and 1 in bytes. Writing to it moves the chains.</summary>
    [field: ComponentName(Name = "states")]
    public Tensor States { get; }

    /// <summary>The states of the random streams, one for each group of chains: shape <c>[G, 32]</c> of 32-bit integers.</summary>
    [field: ComponentName(Name = "streams")]
    public Tensor Streams { get; }

    /// <summary>Moves every chain on and gives the states that they reach: the same for one call as for several that have as many sweeps together.</summary>
    /// <param name="sweeps">How often every unit is drawn anew.</param>
    /// <exception cref="InvalidOperationException">A parameter of the machine is NaN or infinite, or too large to be summed; the message names it.</exception>
    /// <returns>A copy, shape <c>[C, N]</c> of 0 and 1 in the type and on the device of the machine's parameters, without a gradient.</returns>
    public Tensor Sample(int sweeps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sweeps);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        if (sweeps > 0) Advance(sweeps);
        return scope.MoveToOuter(States.to(Machine.Type, Machine.Place));
    }

    /// <summary>The machine whose law the chains have.</summary>
    private protected abstract BoltzmannMachine Machine { get; }

    /// <summary>Draws every unit anew, <paramref name="sweeps"/> times.</summary>
    private protected abstract void Advance(int sweeps);
}
