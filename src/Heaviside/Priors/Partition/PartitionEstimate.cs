using System.Text.Json.Nodes;

namespace Heaviside.Priors.Partition;

/// <summary>What a method says log Z is.</summary>
/// <param name="Method">The method, as the catalogue has it.</param>
/// <param name="LogPartition">log Z, in nats.</param>
/// <param name="StandardError">Its standard error in nats, from independent samples; 0 for an exact value.</param>
public sealed record PartitionEstimate(string Method, double LogPartition, double StandardError)
{
    /// <summary>Whether it is the sum over all states, not an estimate.</summary>
    public bool IsExact { get; init; }

    /// <summary>What annealing can tell of its weights; null for other methods.</summary>
    public AnnealingReport? Annealing { get; init; }

    /// <summary>What parallel tempering can tell of its chains; null for other methods.</summary>
    public TemperingReport? Tempering { get; init; }

    /// <summary>The estimate for a program.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["method"] = Method, ["log-z"] = LogPartition, ["standard-error"] = StandardError };
        if (Annealing is not null) json["annealing"] = Annealing.ToJson();
        if (Tempering is not null) json["tempering"] = Tempering.ToJson();
        return json;
    }
}
