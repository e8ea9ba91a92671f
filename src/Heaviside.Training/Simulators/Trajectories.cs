namespace Heaviside.Simulators;

/// <summary>What simulations left: frames as they were, not scaled, and what interacted.</summary>
/// <param name="Values">The features of the objects, <c>[simulations, T, n, D]</c>.</param>
/// <param name="Edges">The type of each ordered pair of objects, <c>[simulations, n(n-1)]</c>, row by row over (receiver, sender).</param>
internal sealed record Trajectories(float[] Values, long[] Edges);
