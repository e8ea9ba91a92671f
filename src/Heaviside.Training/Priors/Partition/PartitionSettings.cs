using Heaviside.Configuration;

namespace Heaviside.Priors.Partition;

/// <summary>Methods for log Z as settings describe them.</summary>
public static class PartitionSettings
{
    private const string Automatic = "auto";

    /// <summary>The method of an entry.</summary>
    public static PartitionEstimator Create(this PartitionEntry entry, Settings s) => s.Fill(entry.New());

    /// <summary>The method that the setting partition names; auto is the exact sum up to 20 units, and otherwise a sampling method.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="sampling">The method of auto for larger machines, by default.</param>
    public static PartitionEstimator Create(Settings s, string sampling = "ais")
    {
        var name = s.Choice("partition", Automatic, [Automatic, .. PartitionCatalog.All.Names], "how log Z is computed");
        return name == Automatic ? new AutomaticPartition(PartitionCatalog.All.Find(sampling).Create(s)) : PartitionCatalog.All.Find(name).Create(s);
    }
}
