using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>Simulators as lines of the catalogue.</summary>
internal static class SimulatedData
{
    /// <summary>The line of a simulator.</summary>
    /// <typeparam name="TSimulator">The simulator.</typeparam>
    public static DataEntry Entry<TSimulator>(string name, string summary)
        where TSimulator : Simulator, new() => new OwnData { Name = name, Summary = summary, Create = () => new SimulatedSource<TSimulator>(name) };
}
