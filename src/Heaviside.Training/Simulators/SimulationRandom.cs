using Heaviside.Numerics;

namespace Heaviside.Simulators;

/// <summary>The random numbers of one simulation: a pure function of the key.</summary>
/// <param name="seed">The seed of all simulations.</param>
/// <param name="stream">Which set of simulations: those of two parts of a data set are different ones.</param>
/// <param name="index">Which simulation of the set, from 0.</param>
internal sealed class SimulationRandom(ulong seed, int stream, int index)
{
    private SplitMix64 bits = new(seed, RandomPurpose.Simulation, stream, index);

    /// <summary>A number from 0, included, to 1, excluded.</summary>
    public double Uniform() => (bits.Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with probability 1/2.</summary>
    public bool Coin() => bits.Next() >> 63 == 1;

    /// <summary>A number of the standard normal law, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A number of the standard Gumbel law.</summary>
    public double Gumbel()
    {
        var u = ((bits.Next() >> 12) + 0.5) * (1.0 / (1UL << 52)); // neither 0 nor 1
        return -Math.Log(-Math.Log(u));
    }
}
