using Heaviside.Numerics;
using Heaviside.Priors.Kernels;

namespace Heaviside.Priors.Partition;

/// <summary>Independent runs of a ladder of replicas, neighbors of which change places after every sweep.</summary>
/// <remarks>Replicas stay where they are, their betas move: a rung of the ladder is the place of the replica that has its beta. A run is a group of chains
/// with a random stream for its units and one for its exchanges.</remarks>
internal sealed class ReplicaExchange
{
    private readonly float[] betas;
    private readonly TemperedChains chains;
    private readonly Run[] runs;

    internal ReplicaExchange(RestrictedBoltzmannMachine machine, PartitionBase from, float[] betas, int runs, Generator rng)
    {
        this.betas = betas;
        chains = new(machine, from, runs * betas.Length, betas.Length, rng);
        this.runs = [.. Enumerable.Range(0, runs).Select(r => new Run(betas, new SplitMix64(chains.NextKey(r))))];
        for (var r = 0; r < runs; r++) betas.CopyTo(chains.Betas, r * betas.Length);
    }

    /// <summary>log Z at beta 0.</summary>
    internal double LogBase => chains.LogBase;

    /// <summary>Whether the machine is what is sampled at beta 0.</summary>
    internal bool IsBase => chains.IsBase;

    /// <summary>How often the replicas of each run went from beta 0 to beta 1 and back, since <see cref="Forget"/>.</summary>
    internal IReadOnlyList<long> RoundTrips => [.. runs.Select(r => r.RoundTrips)];

    /// <summary>The mean probability of the exchanges of each two neighbors, since <see cref="Forget"/>.</summary>
    internal double[] ExchangeRates() =>
        [.. Enumerable.Range(0, betas.Length - 1).Select(i => runs.Sum(r => r.Rates[i]) / Math.Max(1, runs.Sum(r => r.Trials[i])))];

    /// <summary>The fewest exchanges that were tried of any two neighbors, since <see cref="Forget"/>.</summary>
    internal long Trials => Enumerable.Range(0, betas.Length - 1).Min(i => runs.Sum(r => r.Trials[i]));

    /// <summary>Counts anew.</summary>
    internal void Forget()
    {
        foreach (var run in runs) run.Forget();
    }

    /// <summary>Moves every run on.</summary>
    /// <param name="phase">What it is done for.</param>
    /// <param name="sweeps">How often all units are drawn anew.</param>
    /// <param name="work">Who does it.</param>
    /// <param name="record">Given the number of the sweep, the run, and w of each rung before exchanges; by whichever thread has the run.</param>
    internal void Advance(string phase, int sweeps, PartitionWork work, Action<int, int, ReadOnlySpan<double>>? record = null) =>
        work.Steps(phase, sweeps, (first, end) => work.Spread(0, runs.Length, (from, to) =>
        {
            for (var sweep = first; sweep < end; sweep++)
            {
                chains.Sweep(from, to);
                for (var r = from; r < to; r++)
                {
                    var place = chains.First(r);
                    var gains = runs[r].ByRung(chains.Gains.AsSpan(place, betas.Length));
                    record?.Invoke(sweep, r, gains);
                    runs[r].Exchange(gains, parity: sweep & 1);
                    runs[r].Assign(chains.Betas.AsSpan(place, betas.Length));
                }
            }
        }));

    /// <summary>The ladder of one run.</summary>
    private sealed class Run
    {
        private readonly float[] betas;
        private readonly int[] replicas; // by rung
        private readonly double[] gains;
        private readonly bool[] hasBeenAtOne; // by replica, since it was at beta 0
        private readonly bool[] hasBeenAtZero;
        private SplitMix64 random;

        internal Run(float[] betas, SplitMix64 random)
        {
            (this.betas, this.random) = (betas, random);
            replicas = [.. Enumerable.Range(0, betas.Length)];
            gains = new double[betas.Length];
            (hasBeenAtOne, hasBeenAtZero) = (new bool[betas.Length], new bool[betas.Length]);
            (Rates, Trials) = (new double[betas.Length - 1], new long[betas.Length - 1]);
        }

        internal double[] Rates { get; }

        internal long[] Trials { get; }

        internal long RoundTrips { get; private set; }

        internal void Forget()
        {
            Array.Clear(Rates);
            Array.Clear(Trials);
            Array.Clear(hasBeenAtOne);
            Array.Clear(hasBeenAtZero);
            RoundTrips = 0;
        }

        internal Span<double> ByRung(ReadOnlySpan<double> byReplica)
        {
            for (var rung = 0; rung < replicas.Length; rung++) gains[rung] = byReplica[replicas[rung]];
            return gains;
        }

        // p_beta(z) is proportional to exp(-E_0(z) + beta w(z)): with exchanged states the two laws' product is
        // exp((beta - beta') (w' - w)) times as large.
        internal void Exchange(ReadOnlySpan<double> w, int parity)
        {
            for (var i = parity; i + 1 < w.Length; i += 2)
            {
                var rate = Math.Min(1, Math.Exp(((double)betas[i] - betas[i + 1]) * (w[i + 1] - w[i])));
                Rates[i] += rate;
                Trials[i]++;
                if (Uniform() < rate) (replicas[i], replicas[i + 1]) = (replicas[i + 1], replicas[i]);
            }

            CountTrips();
        }

        internal void Assign(Span<float> ofReplicas)
        {
            for (var rung = 0; rung < replicas.Length; rung++) ofReplicas[replicas[rung]] = betas[rung];
        }

        private void CountTrips()
        {
            var (hot, cold) = (replicas[0], replicas[^1]);
            if (hasBeenAtZero[cold]) hasBeenAtOne[cold] = true;
            if (hasBeenAtOne[hot]) RoundTrips++;
            (hasBeenAtZero[hot], hasBeenAtOne[hot]) = (true, false);
        }

        private double Uniform() => (random.Next() >> 11) * (1.0 / (1L << 53));
    }
}
