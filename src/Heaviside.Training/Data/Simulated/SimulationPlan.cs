using System.Globalization;
using Heaviside.Configuration;
using Heaviside.Files;
using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>What the simulations of a data set are: all that decides their bits, and how many there are.</summary>
/// <param name="Name">What the data are called.</param>
/// <param name="Simulator">What makes them, with its options.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Parts">The parts of the data set.</param>
internal sealed record SimulationPlan(string Name, Simulator Simulator, ulong Seed, IReadOnlyList<SimulatedPart> Parts)
{
    /// <summary>How many simulations there are.</summary>
    public int Count => Parts.Sum(p => p.Count);

    /// <summary>All that decides the bits, in words. A simulator that changes gets another version.</summary>
    public string Key
    {
        get
        {
            var options = OptionInfo.In(Simulator).Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Name}={o.Get(Simulator)}"));
            return $"{Name} (version 1); {string.Join(", ", options)}; simulation-seed={Seed}".ToLowerInvariant();
        }
    }

    /// <summary>The name of the folder for their files.</summary>
    public string Folder => $"{Name}-{FileSum.OfText(Key)[..16]}";

    /// <summary>What the files have, in order.</summary>
    public IEnumerable<SimulationBlock> Blocks => Parts.SelectMany(BlocksOf);

    /// <summary>What the files of a part have, in order.</summary>
    public IEnumerable<SimulationBlock> BlocksOf(SimulatedPart part)
    {
        for (var first = 0; first < part.Count; first += SimulationBlock.Most)
            yield return new(this, part, first, Math.Min(SimulationBlock.Most, part.Count - first));
    }
}
