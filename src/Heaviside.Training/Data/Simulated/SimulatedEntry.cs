using Heaviside.Configuration;

namespace Heaviside.Data.Simulated;

/// <summary>A line of the catalogue: data that are simulated.</summary>
/// <param name="create">Makes what loads them.</param>
internal sealed class SimulatedEntry(Func<SimulatedTrajectories> create) : DataEntry
{
    /// <summary>One line that says how to make them ahead.</summary>
    public string HowToGet => $"{HostProgram.Name} data simulate {Name}";

    /// <inheritdoc/>
    public override SimulatedTrajectories CreateSource() => create();
}
