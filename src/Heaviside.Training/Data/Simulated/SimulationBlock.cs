using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>Simulations with consecutive indices, which one file has.</summary>
/// <param name="Plan">What they are simulations of.</param>
/// <param name="Part">The part of the data set.</param>
/// <param name="First">The index of the first.</param>
/// <param name="Count">How many.</param>
internal sealed record SimulationBlock(SimulationPlan Plan, SimulatedPart Part, int First, int Count)
{
    /// <summary>How many simulations a file has at most: what is lost when the process is killed.</summary>
    internal const int Most = 512;

    /// <summary>The name of the file.</summary>
    public string File => $"{Part.Split}-{First}-{First + Count - 1}.safetensors".ToLowerInvariant();

    /// <summary>All that decides the bits of the file, in words.</summary>
    public string Key => $"{Plan.Key}; {Part.Split} {First} to {First + Count - 1}, {Part.Frames} frames".ToLowerInvariant();

    /// <summary>How many numbers the features of one simulation are.</summary>
    public int Size => Part.Frames * Plan.Simulator.Objects * Plan.Simulator.Features.Count;

    /// <summary>Simulates on all cores.</summary>
    /// <param name="made">Told, from any thread, how many more are done.</param>
    /// <param name="stop">Stops it.</param>
    public Trajectories Run(Action<int>? made, CancellationToken stop) =>
        Plan.Simulator.Run(Plan.Seed, (int)Part.Split, First, Count, Part.Frames, made: made, stop: stop);
}
