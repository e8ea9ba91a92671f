using System.Text.Json.Nodes;

namespace Heaviside.Priors.Partition;

/// <summary>What a method says log Z is.</summary>
/// <param name="Method">The method, as the catalogue has it.</param>
/// <param name="LogPartition">log Z, in nats.</param>
/// <param name="StandardError">Its standard error in nats, from independent samples; 0 for an exact value, and infinite where <see cref="HasKnownError"/> is false.</param>
public sealed record PartitionEstimate(string Method, double LogPartition, double StandardError)
{
    // What rounding makes of equal numbers; no sampling is as good as that.
    private const double LeastError = 1e-9;

    /// <summary>Whether it is a sum or product over all states, not an estimate.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether <see cref="StandardError"/> means something. It does not where all samples said the same: they say nothing of states that none of
    /// them has seen, and the error may be of any size.</summary>
    public bool HasKnownError => double.IsFinite(StandardError);

    /// <summary>What annealing can tell of its weights; null for other methods.</summary>
    public AnnealingReport? Annealing { get; init; }

    /// <summary>What parallel tempering can tell of its chains; null for other methods.</summary>
    public TemperingReport? Tempering { get; init; }

    /// <summary>An estimate from samples.</summary>
    /// <param name="method">The method.</param>
    /// <param name="logPartition">The estimate.</param>
    /// <param name="error">How much samples differ: the standard error, unless they do not differ at all.</param>
    /// <param name="isBase">Whether the machine is what sampling begins from, so that there is nothing to estimate.</param>
    internal static PartitionEstimate OfSamples(string method, double logPartition, double error, bool isBase) =>
        new(method, logPartition, isBase ? 0 : error > LeastError ? error : double.PositiveInfinity) { IsExact = isBase };

    /// <summary>The estimate for a program; an error that is not known is null.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["method"] = Method, ["log-z"] = LogPartition, ["standard-error"] = HasKnownError ? StandardError : null };
        if (Annealing is not null) json["annealing"] = Annealing.ToJson();
        if (Tempering is not null) json["tempering"] = Tempering.ToJson();
        return json;
    }
}
