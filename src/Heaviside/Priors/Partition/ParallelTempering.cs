using Heaviside.Configuration;

namespace Heaviside.Priors.Partition;

/// <summary>Replicas of a machine at betas from 0 to 1 that exchange their states: modes that a chain at beta 1 cannot leave are left at smaller betas.</summary>
/// <remarks>
/// <para>A sweep draws all units of all replicas; then every second pair of neighbors exchanges states with probability
/// min(1, exp((beta - beta') (w' - w))), w = E_0 - E, the others after the next sweep. Several independent runs give a standard error.
/// A pilot run chooses the betas. All chains begin at scattered states.</para>
/// <para>Two of these with the same settings are equal. Reference: arXiv:1805.07349; doi:10.1143/JPSJ.65.1604.</para>
/// </remarks>
public sealed record ParallelTempering
{
    private const int FirstReplicas = 8;
    private const int MostRounds = 12;
    private const int MostReplicas = 500;
    private const double Tolerance = 0.1; // of a distance

    // Values of w that are kept, in single precision: 256 MB.
    private const long MostRecords = 1L << 26;

    /// <summary>The law at beta 0; default the biases alone.</summary>
    [Option("what tempering begins from: the machine's biases, or all states alike", Name = "partition-tempering-base")]
    public PartitionBase Base { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Base), value, "is no base"); }

    /// <summary>The rate at which neighbors exchange, from 0.05 to 0.95; default 0.5.</summary>
    [Option("how often neighboring temperatures exchange states", Name = "partition-exchange-rate", Least = 0.05, Most = 0.95)]
    public double ExchangeRate { get; init => field = OptionInfo.Checked(this, value); } = 0.5;

    /// <summary>The number of replicas, from 2 to 500; 0, the default: as many as the rate takes. If it is given, the rate is what results.</summary>
    [Option("temperatures; 0: as many as the exchange rate takes", Name = "partition-replicas", Least = 0, Most = MostReplicas)]
    public int Replicas { get; init => field = value != 1 ? OptionInfo.Checked(this, value) : throw new ArgumentOutOfRangeException(nameof(Replicas), value, "must be 0, or from 2 to 500"); }

    /// <summary>Independent runs, from 2 to 10,000; default 20.</summary>
    [Option("independent runs of tempering", Name = "partition-runs", Least = 2, Most = 10_000)]
    public int Runs { get; init => field = OptionInfo.Checked(this, value); } = 20;

    /// <summary>Sweeps of each round of the pilot run, from 20 to 1,000,000; default 1000. A third of them is not counted.</summary>
    [Option("sweeps of each round that chooses temperatures", Name = "partition-pilot-sweeps", Least = 20, Most = 1_000_000)]
    public int PilotSweeps { get; init => field = OptionInfo.Checked(this, value); } = 1000;

    /// <summary>Sweeps before the first state that counts, up to 100 million; default 20,000.</summary>
    [Option("sweeps of tempering that do not count", Name = "partition-burn-in", Least = 0, Most = 100_000_000)]
    public int BurnIn { get; init => field = OptionInfo.Checked(this, value); } = 20_000;

    /// <summary>Sweeps that count, from 100 to 100 million; default 100,000.</summary>
    [Option("sweeps of tempering that count", Name = "partition-sweeps", Least = 100, Most = 100_000_000)]
    public int Sweeps { get; init => field = OptionInfo.Checked(this, value); } = 100_000;

    /// <summary>Samples a machine.</summary>
    /// <param name="machine">The machine; its parameters are read now, in single precision.</param>
    /// <param name="rng">Where the keys of all random streams come from.</param>
    /// <param name="threads">The most threads to use; default as many as torch may use. The samples do not depend on it.</param>
    /// <param name="progress">Told from time to time, on the calling thread.</param>
    /// <param name="cancellation">Stops the sampling.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TemperedSamples Sample(RestrictedBoltzmannMachine machine, Generator rng, int? threads = null, Action<PartitionProgress>? progress = null, CancellationToken cancellation = default) =>
        Sample(machine, rng, new PartitionWork(threads ?? torch.get_num_threads(), progress, cancellation));

    /// <summary>Samples a machine as part of other work.</summary>
    internal TemperedSamples Sample(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work) =>
        Sample(machine, Pilot(machine, rng, work), rng, work);

    /// <summary>Samples a machine at given betas.</summary>
    internal TemperedSamples Sample(RestrictedBoltzmannMachine machine, float[] betas, Generator rng, PartitionWork work)
    {
        var exchange = new ReplicaExchange(machine, Base, betas, Runs, rng);
        exchange.Advance("burn-in", BurnIn, work);
        exchange.Forget();
        var every = (int)((long)Sweeps * Runs * betas.Length / MostRecords) + 1;
        var records = new float[Runs * betas.Length][];
        for (var i = 0; i < records.Length; i++) records[i] = new float[(Sweeps + every - 1) / every];
        exchange.Advance("sampling", Sweeps, work, (sweep, run, gains) =>
        {
            if (sweep % every != 0) return;
            for (var i = 0; i < gains.Length; i++) records[(run * gains.Length) + i][sweep / every] = (float)gains[i];
        });
        return new(betas, Runs, Sweeps, every, records, exchange);
    }

    /// <summary>The ladder of a pilot run, which goes on until every rate is near the one that is asked for.</summary>
    internal float[] Pilot(RestrictedBoltzmannMachine machine, Generator rng, PartitionWork work)
    {
        var betas = TemperatureLadder.Even(Replicas > 0 ? Replicas : FirstReplicas);
        for (var round = 1; round <= MostRounds; round++)
        {
            var exchange = new ReplicaExchange(machine, Base, betas, Runs, rng);
            exchange.Advance($"pilot {round}", PilotSweeps / 3, work);
            exchange.Forget();
            exchange.Advance($"pilot {round}", PilotSweeps - (PilotSweeps / 3), work);
            var least = 0.5 / exchange.Trials; // what was not seen may be a little less rare
            double[] rates = [.. exchange.ExchangeRates().Select(r => Math.Clamp(r, least, 1))];
            if (Math.Abs(betas.Length - Count(rates.Sum(TemperatureLadder.Distance))) * 10 <= betas.Length && AreEven(rates)) break;
            betas = TemperatureLadder.Improved(betas, rates, Count);
        }

        return betas;
    }

    // As few as give the rate, or hardly less of it.
    private int Count(double way) =>
        Replicas > 0 ? Replicas : (int)Math.Clamp(Math.Ceiling((way / TemperatureLadder.Distance(ExchangeRate)) - 0.25) + 1, 2, MostReplicas);

    private static bool AreEven(double[] rates)
    {
        var distances = rates.Select(TemperatureLadder.Distance).ToArray();
        return distances.All(d => Math.Abs(d - distances.Average()) <= Tolerance * distances.Average());
    }
}
