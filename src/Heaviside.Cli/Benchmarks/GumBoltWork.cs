using Heaviside.Configuration;

namespace Heaviside.Cli.Benchmarks;

/// <summary>A training step of GumBolt to measure.</summary>
/// <param name="Groups">Groups of 200 bits of the posterior.</param>
/// <param name="HiddenLayers">Tanh layers of 200 in each map.</param>
/// <param name="Samples">Importance samples k.</param>
internal sealed record GumBoltWork(int Groups, int HiddenLayers, int Samples)
{
    /// <summary>Persistent chains, and sweeps of these in each step, as the peer has them.</summary>
    internal const int Chains = 100, Sweeps = 200;

    private const int Units = 200;

    /// <summary>Units of each side of the machine.</summary>
    internal int Side => Groups * Units / 2;

    /// <summary>The name in tables.</summary>
    internal string Name => $"{(HiddenLayers == 0 ? "linear" : $"{HiddenLayers} hidden layers")}, {Side}x{Side}, k = {Samples}";

    /// <summary>The peer's name of this work.</summary>
    internal string Key => $"{Groups}/{HiddenLayers}/{Samples}";

    /// <summary>The settings of model and estimator.</summary>
    /// <param name="prior">restricted, or factorial for a step without sampling.</param>
    internal Settings Read(string prior) => new(new Dictionary<string, string>
    {
        ["groups"] = List(Groups),
        ["hidden"] = List(HiddenLayers),
        ["samples"] = $"{Samples}",
        ["prior"] = prior,
        ["chains"] = $"{Chains}",
        ["sweeps"] = $"{Sweeps}",
    });

    private static string List(int count) => $"[{string.Join(", ", Enumerable.Repeat(Units, count))}]";
}
