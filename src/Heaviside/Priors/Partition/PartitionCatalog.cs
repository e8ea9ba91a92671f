using Heaviside.Configuration;

namespace Heaviside.Priors.Partition;

/// <summary>Every method for log Z: a new one is one file and one entry here.</summary>
public static class PartitionCatalog
{
    private const string Automatic = "auto";

    /// <summary>All methods.</summary>
    public static IReadOnlyList<PartitionEntry> All { get; } =
    [
        new("exact", "the sum over all states of the smaller side, up to 25 units", "exact", _ => new ExactPartition()),
        new("ais", "annealed importance sampling", "arXiv:physics/9803008", s => new AnnealedImportanceSampling
        {
            Base = Base(s, "partition-annealing-base", PartitionBase.Uniform, "annealing"),
            Betas = s.Int("partition-betas", 1000, 1, 1_000_000, "steps of annealing"),
            Chains = s.Int("partition-chains", 1024, 2, 1_000_000, "chains of annealing"),
        }),
        new("bar", "parallel tempering and bridge sampling between neighboring temperatures", "doi:10.1016/0021-9991(76)90078-4", s => new BridgeSampling { Tempering = Tempering(s) }),
        new("mbar", "parallel tempering and the multistate Bennett acceptance ratio of all temperatures", "doi:10.1063/1.2978177", s => new MultistateBennett { Tempering = Tempering(s) }),
    ];

    /// <summary>All names, in the catalogue's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="InputException">There is none; the message suggests the nearest.</exception>
    public static PartitionEntry Find(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw Suggestion.Unknown("method for log Z", name, Names);

    /// <summary>The method that the setting partition names; auto is the exact sum up to 20 units, and otherwise a sampling method.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="sampling">The method of auto for larger machines, by default.</param>
    public static PartitionEstimator Create(Settings s, string sampling = "ais")
    {
        var name = s.Choice("partition", Automatic, [Automatic, .. Names], "how log Z is computed");
        return name == Automatic ? new AutomaticPartition(Find(sampling).Create(s)) : Find(name).Create(s);
    }

    private static PartitionBase Base(Settings s, string key, PartitionBase fallback, string method)
    {
        var name = s.Choice(key, fallback.ToString().ToLowerInvariant(), ["biases", "uniform"], $"what {method} begins from: the machine's biases, or all states alike");
        return Enum.Parse<PartitionBase>(name, ignoreCase: true);
    }

    private static ParallelTempering Tempering(Settings s) => new()
    {
        Base = Base(s, "partition-tempering-base", PartitionBase.Biases, "tempering"),
        ExchangeRate = s.Double("partition-exchange-rate", 0.5, 0.05, 0.95, "how often neighboring temperatures exchange states"),
        Replicas = s.Int("partition-replicas", 0, 0, 500, "temperatures; 0: as many as the exchange rate takes") is > 0 and var replicas ? Math.Max(2, replicas) : null,
        Runs = s.Int("partition-runs", 20, 2, 10_000, "independent runs of tempering"),
        PilotSweeps = s.Int("partition-pilot-sweeps", 1000, 20, 1_000_000, "sweeps of each round that chooses temperatures"),
        BurnIn = s.Int("partition-burn-in", 20_000, 0, 100_000_000, "sweeps of tempering that do not count"),
        Sweeps = s.Int("partition-sweeps", 100_000, 100, 100_000_000, "sweeps of tempering that count"),
    };
}
