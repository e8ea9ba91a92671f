namespace Heaviside.Cli.Commands;

/// <summary>What was simulated by this command, and not before.</summary>
/// <param name="Made">How many simulations.</param>
/// <param name="Seconds">How long it took.</param>
internal readonly record struct SimulatedNow(int Made, double Seconds)
{
    /// <summary>Simulations a second.</summary>
    internal double PerSecond => Made / Seconds;
}
