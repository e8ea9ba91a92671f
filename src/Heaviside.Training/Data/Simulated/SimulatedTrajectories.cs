namespace Heaviside.Data.Simulated;

/// <summary>Trajectories that are simulated when they are asked for, or ahead, and then kept in the user's cache.</summary>
internal abstract class SimulatedTrajectories : DataSource
{
    /// <summary>Which simulations they are.</summary>
    /// <exception cref="InputException">They are more than fit into memory.</exception>
    public abstract SimulationPlan Plan { get; }

    /// <summary>Where simulations are kept.</summary>
    internal SimulationCache Cache { get; init; } = SimulationCache.OfUser;
}
