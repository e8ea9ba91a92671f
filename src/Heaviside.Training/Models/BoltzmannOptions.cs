using Heaviside.Configuration;
using Heaviside.Priors;

namespace Heaviside.Models;

/// <summary>Posterior, prior and decoder of a variational autoencoder of bits with a Boltzmann machine as prior.</summary>
public abstract record BoltzmannOptions : IChecksOptions
{
    /// <summary>Bits of each group of the posterior, one group at least, each from 1 to 100000; default [200].</summary>
    [Option("bits of each group of the posterior", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Groups { get; init => field = Widths.NotNone(OptionInfo.Checked(this, value)); } = [200];

    /// <summary>Widths of the tanh layers inside every map, each from 1 to 100000; default none: the maps are affine.</summary>
    [Option("widths of the tanh layers inside every map; none: linear", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> Hidden { get; init => field = OptionInfo.Checked(this, value); } = [];

    /// <summary>The prior of the bits; default a restricted Boltzmann machine.</summary>
    [Option("prior of the bits: a restricted Boltzmann machine, or one without couplings")]
    public BoltzmannPriorKind Prior { get; init; }

    /// <summary>Persistent chains of the prior, from 1 to 1000000; default 100.</summary>
    [Option("persistent chains of the prior", Least = 1, Most = 1_000_000)]
    public int Chains { get; init => field = OptionInfo.Checked(this, value); } = 100;

    /// <summary>Gibbs sweeps of the chains in each training step, from 1 to 1000000; default 200.</summary>
    [Option("Gibbs sweeps of the chains in each training step", Least = 1, Most = 1_000_000)]
    public int Sweeps { get; init => field = OptionInfo.Checked(this, value); } = 200;

    /// <summary>How sweeps are computed.</summary>
    [Option("how sweeps are computed")]
    public GibbsPath Gibbs { get; init; } = GibbsPath.Quantized;

    /// <inheritdoc/>
    public string? Conflict => Prior == BoltzmannPriorKind.Restricted && Groups.Sum() < 2 ? "setting 'groups' has 1 bit, a restricted machine needs two sides" : null;
}
