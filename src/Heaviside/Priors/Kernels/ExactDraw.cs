using Heaviside.Data;

namespace Heaviside.Priors.Kernels;

/// <summary>The exact decision whether a unit is 1: whether a uniform number of 56 bits is below its probability in double precision.</summary>
/// <remarks>The first 16 bits come from the stream. The other 40 are a function of a key and the unit's place, so that they
/// are computed only where the first do not decide, and whoever computes them does not change what follows.</remarks>
/// <param name="unit">The unit of the grid, in nats.</param>
/// <param name="key">The key of a block and a group of chains.</param>
internal readonly struct ExactDraw(double unit, ulong key)
{
    private const int Steps = 1 << 16;
    private const ulong Stride = 0x9e3779b97f4a7c15; // odd: different places give different numbers

    /// <summary>Whether a unit is 1.</summary>
    /// <param name="logit">Its logit, in units of the grid.</param>
    /// <param name="random">16 random bits, as a signed number.</param>
    /// <param name="place">The place of the unit among those of the key.</param>
    internal bool IsOne(short logit, short random, int place)
    {
        var limit = Steps / (1 + Math.Exp(-logit * unit));
        var u = random - short.MinValue;
        return u + 1 <= limit || (u < limit && u + Rest(place) < limit);
    }

    // In [0, 1), in steps of 2^-40.
    private double Rest(int place) => (SplitMix64.Mix(key + ((ulong)place * Stride)) >> 24) * (1.0 / (1L << 40));
}
