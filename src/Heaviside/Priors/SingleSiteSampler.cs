using Heaviside.Priors.Kernels;

namespace Heaviside.Priors;

/// <summary>Gibbs sampling one unit after another, for machines of any energy; a sweep draws each unit once, in order.</summary>
/// <remarks>A few operators of torch for each unit: for restricted machines <see cref="GibbsSampler"/> is far faster.</remarks>
public sealed class SingleSiteSampler : MarkovChains
{
    private readonly BoltzmannMachine machine;

    /// <summary>Chains that begin at random states.</summary>
    /// <param name="machine">The machine, which stays its own module.</param>
    /// <param name="chains">The number of chains, C.</param>
    /// <param name="rng">Where the first states and the key of the random stream come from; not used afterwards.</param>
    public SingleSiteSampler(BoltzmannMachine machine, int chains, Generator rng)
        : base(machine, chains, 1, rng) =>
        this.machine = machine;

    /// <inheritdoc/>
    private protected override BoltzmannMachine Machine => machine;

    /// <inheritdoc/>
    private protected override void Advance(int sweeps)
    {
        machine.RequireFinite();
        var z = States.to(machine.Type, machine.Place);
        foreach (var seed in ChainStreams.NextKeys(Streams, sweeps))
        {
            using var rng = new Generator(seed, machine.Place);
            for (var i = 0; i < machine.Units; i++)
            {
                using var scope = torch.NewDisposeScope();
                var u = torch.rand([Chains], machine.Type, machine.Place, generator: rng);
                z.select(-1, i).copy_(u.lt(machine.ConditionalLogit(z, i).sigmoid()));
            }
        }

        States.copy_(z);
    }
}
