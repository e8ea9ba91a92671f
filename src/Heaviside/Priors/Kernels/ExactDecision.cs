using Heaviside.Numerics;

namespace Heaviside.Priors.Kernels;

/// <summary>The exact decision whether a unit is 1: whether a uniform number of 56 bits is below its probability in double precision.</summary>
/// <remarks>The first 16 bits come from a stream. The other 40 are a function of a key and the unit's place, so that they
/// are computed only where the first do not decide, and whoever computes them does not change what follows.</remarks>
internal sealed class ExactDecision
{
    private const int Steps = 1 << 16;
    private const int Bin = 1 << 8; // logits between two bounds
    private const ulong Stride = 0x9e3779b97f4a7c15; // odd: different places give different numbers

    // The limits of every 256th logit: most numbers are beyond those of the two around a logit.
    private readonly double[] bounds = new double[(Steps / Bin) + 1];

    /// <summary>The unit of the logits, in nats.</summary>
    internal double Unit
    {
        get;
        set
        {
            field = value;
            for (var i = 0; i < bounds.Length; i++) bounds[i] = Limit((i * Bin) + short.MinValue);
        }
    }

    /// <summary>Whether a unit is 1.</summary>
    /// <param name="logit">Its logit, in units; the least and the largest number of 16 bits mean certainty.</param>
    /// <param name="random">16 random bits, as a signed number.</param>
    /// <param name="key">The key of a block and a group of chains.</param>
    /// <param name="place">The place of the unit among those of the key.</param>
    internal bool IsOne(short logit, short random, ulong key, int place)
    {
        var u = random - short.MinValue;
        var bin = (logit - short.MinValue) / Bin;
        if (u + 1 <= bounds[bin]) return true;
        if (u >= bounds[bin + 1]) return false;
        var limit = Limit(logit);
        return u + 1 <= limit || (u < limit && u + Rest(key, place) < limit);
    }

    // In steps of 2^-16. A logit at an end of the 16 bits may stand for any beyond it.
    private double Limit(int logit) =>
        logit >= short.MaxValue ? Steps : logit <= short.MinValue ? 0 : Steps / (1 + Math.Exp(-logit * Unit));

    // In [0, 1), in steps of 2^-40.
    private static double Rest(ulong key, int place) => (SplitMix64.Mix(key + ((ulong)place * Stride)) >> 24) * (1.0 / (1L << 40));
}
