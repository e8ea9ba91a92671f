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
            Betas = s.Int("partition-betas", 1000, 1, 1_000_000, "steps of annealing"),
            Chains = s.Int("partition-chains", 1024, 2, 1_000_000, "chains of annealing"),
        }),
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
    /// <param name="fallback">The name of the default.</param>
    public static PartitionEstimator Create(Settings s, string sampling = "ais", string fallback = Automatic)
    {
        var name = s.Choice("partition", fallback, [Automatic, .. Names], "how log Z is computed");
        return name == Automatic ? new AutomaticPartition(Find(sampling).Create(s)) : Find(name).Create(s);
    }
}
