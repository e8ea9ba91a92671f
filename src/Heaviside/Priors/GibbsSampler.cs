using Heaviside.Kernels;
using Heaviside.Numerics;
using Heaviside.Priors.Kernels;

namespace Heaviside.Priors;

/// <summary>Block Gibbs sampling of a restricted Boltzmann machine: all right units given the left ones, then all left units given the right ones.</summary>
/// <remarks>
/// <para>Sweeps are computed by one of four paths, see <see cref="GibbsPath"/>; <c>docs/methods/boltzmann-machines.md</c> says how and how
/// fast. Each group of 25 chains has a random stream of its own: the bits do not depend on the number of threads.</para>
/// <para>The parameters are read at every call of <see cref="MarkovChains.Sample"/>, wherever they are.</para>
/// </remarks>
/// <example><code>
/// var machine = new RestrictedBoltzmannMachine(200, 200);
/// var sampler = new GibbsSampler(machine, chains: 100, new Generator(1));
/// var z = sampler.Sample(sweeps: 200);           // [100, 400]
/// machine.LogPartitionSurrogate(z).backward();   // accumulates the gradient of log Z
/// </code></example>
public sealed class GibbsSampler : MarkovChains, IHasRemarks
{
    /// <summary>The chains that share a random stream.</summary>
    internal const int GroupSize = 25;

    private readonly RestrictedBoltzmannMachine machine;
    private readonly Lazy<GibbsKernel> kernel;

    /// <summary>Chains that begin at random states.</summary>
    /// <param name="machine">The machine, which stays its own module.</param>
    /// <param name="chains">The number of chains, C.</param>
    /// <param name="rng">Where the first states and the keys of the random streams come from; not used afterwards.</param>
    public GibbsSampler(RestrictedBoltzmannMachine machine, int chains, Generator rng)
        : base(machine, chains, (chains + GroupSize - 1) / GroupSize, rng)
    {
        this.machine = machine;
        kernel = new(() => GibbsKernel.Create(Path, machine, chains));
    }

    /// <summary>How sweeps are computed; default <see cref="GibbsPath.Quantized"/>.</summary>
    public GibbsPath Path
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Path), value, "is no path");
    } = GibbsPath.Quantized;

    /// <summary>How the sweeps of the last call were computed: <see cref="Path"/>, or what stood in for it, as its documentation says; null before the first.</summary>
    public GibbsPath? PathTaken { get; private set; }

    /// <inheritdoc/>
    public IEnumerable<string> Remarks => PathTaken is GibbsPath.Tables && Path is not GibbsPath.Tables
        ? ["the Boltzmann machine's logits have become too large for a grid of 16 bits: its Gibbs sweeps are computed in single precision, which takes two to three times as long"]
        : [];

    /// <summary>The most threads to use, 1 or more; default <see cref="Team.Threads"/>. Without effect on <see cref="GibbsPath.Torch"/>.</summary>
    public int? Threads
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "must be 1 or more");
    }

    /// <inheritdoc/>
    private protected override BoltzmannMachine Machine => machine;

    /// <inheritdoc/>
    private protected override void Advance(int sweeps)
    {
        kernel.Value.Run(States, Streams, sweeps, Threads ?? Team.Threads);
        PathTaken = kernel.Value.Path;
    }
}
