using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>Simulators as lines of the catalogue.</summary>
internal static class SimulatedData
{
    /// <summary>The line of a simulator.</summary>
    /// <typeparam name="TSimulator">The simulator.</typeparam>
    public static DataEntry Entry<TSimulator>(string name, string summary)
        where TSimulator : Simulator, new() => new SimulatedEntry(() => new SimulatedSource<TSimulator>(name)) { Name = name, Summary = summary };
}
