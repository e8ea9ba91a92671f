namespace Heaviside.Simulators;

/// <summary>Particles that are joined by springs: type 1 of a pair is a spring, type 0 none, each with probability 1/2.</summary>
internal sealed class Springs() : Particles<SpringForce>(spread: 0.5)
{
    /// <inheritdoc/>
    protected override string Force => "each pair has a spring of constant 0.1 with probability 1/2";

    /// <inheritdoc/>
    protected override void Draw(SimulationRandom random, Span<double> strengths)
    {
        foreach (ref var e in strengths) e = random.Coin() ? 1 : 0;
    }
}
