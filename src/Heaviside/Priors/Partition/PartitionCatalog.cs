using Heaviside.Configuration;

namespace Heaviside.Priors.Partition;

/// <summary>Every method for log Z: a new one is one file and one entry here.</summary>
public static class PartitionCatalog
{
    /// <summary>All methods.</summary>
    public static Catalog<PartitionEntry> All { get; } = new("method for log Z",
    [
        new("exact", "the sum over all states of the smaller side, up to 25 units", "exact", () => new ExactPartition()),
        new("ais", "annealed importance sampling", "arXiv:physics/9803008", () => new AnnealedImportanceSampling()),
        new("bar", "parallel tempering and bridge sampling between neighboring temperatures", "doi:10.1016/0021-9991(76)90078-4", () => new BridgeSampling()),
        new("mbar", "parallel tempering and the multistate Bennett acceptance ratio of all temperatures", "doi:10.1063/1.2978177", () => new MultistateBennett()),
    ]);
}
