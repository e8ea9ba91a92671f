namespace Heaviside.Data.Simulated;

/// <summary>What is simulated for one part of a data set.</summary>
/// <param name="Split">The part.</param>
/// <param name="Count">How many simulations.</param>
/// <param name="Frames">How many frames of each.</param>
internal sealed record SimulatedPart(Split Split, int Count, int Frames);
