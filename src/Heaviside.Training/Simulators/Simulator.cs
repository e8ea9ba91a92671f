using System.Numerics;
using Heaviside.Configuration;

namespace Heaviside.Simulators;

/// <summary>Objects that move as an unknown graph between them says. A simulation is a pure function of the options, the seed and its index.</summary>
/// <remarks>Many are made side by side, one in each lane of a vector and on every core. Nothing is summed across lanes, nothing is summed in an order that
/// depends on their number, and no product is fused with a sum: neither the vectors' width nor the threads change a bit.</remarks>
internal abstract class Simulator
{
    /// <summary>A simulator.</summary>
    /// <param name="objects">The default of <see cref="Objects"/>.</param>
    protected Simulator(int objects) => Objects = objects;

    /// <summary>How many objects there are, n: 2 to 20.</summary>
    [Option("how many objects a simulation has", Least = 2, Most = 20)]
    public int Objects { get; init => field = OptionInfo.Checked(this, value); }

    /// <summary>How many frames a trajectory has, T.</summary>
    public abstract int Frames { get; init; }

    /// <summary>How many frames the trajectories of the test have: those of the others, and what comes after them, if anything.</summary>
    public virtual int TestFrames => Frames;

    /// <summary>Which features are scaled together: those with the same number. There are as many as an object has features, D.</summary>
    public abstract IReadOnlyList<int> Groups { get; }

    /// <summary>What the features are called.</summary>
    public abstract IReadOnlyList<string> Features { get; }

    /// <summary>The law of motion, its constants and where it starts, in words.</summary>
    public abstract string Dynamics { get; }

    /// <summary>Whether the type of (i, j) is always that of (j, i).</summary>
    public virtual bool IsSymmetric => true;

    /// <summary>Ordered pairs of objects: n (n - 1).</summary>
    public int Pairs => Objects * (Objects - 1);

    /// <summary>Simulates.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which set of simulations: an index means another simulation in each.</param>
    /// <param name="first">The index of the first simulation.</param>
    /// <param name="count">How many, one index after the other.</param>
    /// <param name="frames">How many frames of each; those of a shorter simulation are the first of a longer one.</param>
    /// <param name="threads">How many threads at most; -1: as many as there are cores.</param>
    /// <param name="made">Told, from any thread, how many more are done; null: nothing is.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Trajectories Run(ulong seed, int stream, int first, int count, int frames, int threads = -1, Action<int>? made = null, CancellationToken stop = default)
    {
        var (size, lanes) = (frames * Objects * Features.Count, Vector<double>.Count);
        var all = new Trajectories(new float[checked(count * size)], new long[checked(count * Pairs)]);
        Parallel.For(0, (count + lanes - 1) / lanes, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, block =>
        {
            var (from, values, edges) = (block * lanes, new float[lanes * size], new long[lanes * Pairs]);
            Simulate([.. Enumerable.Range(first + from, lanes).Select(i => new SimulationRandom(seed, stream, i))], frames, values, edges);
            var wanted = Math.Min(lanes, count - from);
            values.AsSpan(0, wanted * size).CopyTo(all.Values.AsSpan(from * size));
            edges.AsSpan(0, wanted * Pairs).CopyTo(all.Edges.AsSpan(from * Pairs));
            made?.Invoke(wanted);
        });
        return all;
    }

    /// <summary>The place of an ordered pair of different objects among all of n objects.</summary>
    public static int Place(int receiver, int sender, int objects) => (receiver * (objects - 1)) + (sender < receiver ? sender : sender - 1);

    /// <summary>Simulates as many as a vector has lanes.</summary>
    /// <param name="lanes">The random numbers of each.</param>
    /// <param name="frames">T.</param>
    /// <param name="values">Where the features go, <c>[lanes, T, n, D]</c>.</param>
    /// <param name="edges">Where the types of ordered pairs go, <c>[lanes, n(n-1)]</c>.</param>
    protected abstract void Simulate(IReadOnlyList<SimulationRandom> lanes, int frames, Span<float> values, Span<long> edges);
}
