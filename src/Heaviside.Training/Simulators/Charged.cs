namespace Heaviside.Simulators;

/// <summary>Particles with charges of 1 or -1: type 1 of a pair is that they repel each other, type 0 that they attract.</summary>
internal sealed class Charged() : Particles<ChargeForce>(spread: 1)
{
    /// <inheritdoc/>
    protected override string Force => "each particle has the charge 1 or -1 with probability 1/2, and the force of a pair is the product of charges over the squared distance";

    /// <inheritdoc/>
    protected override void Draw(SimulationRandom random, Span<double> strengths)
    {
        Span<double> charges = stackalloc double[Objects];
        foreach (ref var c in charges) c = random.Coin() ? 1 : -1;
        for (int i = 0, pair = 0; i < charges.Length; i++)
            for (var j = i + 1; j < charges.Length; j++, pair++) strengths[pair] = charges[i] * charges[j];
    }
}
