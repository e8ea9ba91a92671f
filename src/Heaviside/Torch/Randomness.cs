namespace Heaviside.Torch;

/// <summary>Random numbers of TorchSharp's generators for streams of our own.</summary>
internal static class Randomness
{
    /// <summary>The next 64 random bits of a generator.</summary>
    internal static ulong NextKey(Generator rng)
    {
        using var halves = torch.randint(0, 1L << 32, [2], ScalarType.Int64, rng.device, generator: rng);
        var bits = halves.ToArray<long>();
        return ((ulong)bits[0] << 32) | (ulong)bits[1];
    }
}
