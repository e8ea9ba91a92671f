using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>Independent seeds for the parts of a run, from the one seed that a person gives.</summary>
public static class Seeds
{
    /// <summary>The seed of the part called <paramref name="purpose"/>.</summary>
    public static ulong Derive(ulong seed, string purpose)
    {
        // FNV-1a over the name, then mixed.
        var hash = seed ^ 0xcbf29ce484222325;
        foreach (var c in purpose) hash = (hash ^ c) * 0x100000001b3;
        return SplitMix64.Mix(hash);
    }
}
