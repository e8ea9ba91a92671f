using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Priors.Partition;

namespace Heaviside.Evaluation;

/// <summary>An estimate of a lower bound of log p(x), or of another <see cref="Quantity"/>, averaged over a set of examples; or of a score.</summary>
/// <param name="Kind">Which bound.</param>
/// <param name="Samples">Samples of the latents per example.</param>
/// <param name="Mean">The mean over the examples, in nats; of a score, in its own units.</param>
/// <param name="StandardError">Of that mean over the examples, and of log Z where it is estimated; infinite where it is unknown: of a
/// single example, or where the error of log Z is.</param>
/// <param name="Images">How many examples, images mostly.</param>
public sealed record Bound(BoundKind Kind, int Samples, double Mean, double StandardError, int Images)
{
    /// <summary>What it is a bound of.</summary>
    public string Quantity { get; init; } = "log p(x)";

    /// <summary>log Z of the model's prior as the bound has it; null where the prior is normalized.</summary>
    public PartitionEstimate? Partition { get; init; }

    /// <summary>Kind, quantity and samples in words, as results print them.</summary>
    public string Description => Kind switch
    {
        BoundKind.Elbo => $"evidence lower bound of {Quantity}, 1 hard sample ({Validity})",
        BoundKind.ImportanceWeighted => $"{Samples}-sample importance-weighted bound of {Quantity}, hard samples ({Validity})",
        _ => $"{Quantity}, mean over the examples",
    };

    /// <summary>What a kind is called in files.</summary>
    internal static string NameOf(BoundKind kind) => OptionInfo.Kebab($"{kind}");

    private string Validity => Partition is null or { IsExact: true }
        ? "a valid bound"
        : !Partition.HasKnownError ? $"valid but for the error of log Z, which {Partition.Method} cannot know here"
        : string.Create(CultureInfo.InvariantCulture, $"valid but for the error of log Z, {Partition.StandardError:G2} by {Partition.Method}");

    /// <summary>The names of its numbers.</summary>
    internal static IReadOnlyList<string> Numbers { get; } = ["samples", "mean", "standard-error", "images"];

    /// <summary>The names of the numbers that lines of metrics may have of one.</summary>
    internal static IReadOnlyList<string> MetricsNumbers { get; } = [.. Numbers, "log-z", "log-z-error"];

    /// <summary>The fields of a line of metrics.</summary>
    internal IReadOnlyList<(string Name, object? Value)> Metrics =>
    [
        ("bound", NameOf(Kind)), ("samples", Samples), ("mean", Mean), ("standard-error", StandardError), ("images", Images),
        .. Partition is null ? [] : new (string, object?)[] { ("log-z", Partition.LogPartition), ("log-z-error", Partition.StandardError) },
    ];

    /// <summary>All of it as JSON, which has no NaN and no infinity: null.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["kind"] = NameOf(Kind),
            ["quantity"] = Quantity,
            ["description"] = Description,
            ["samples"] = Samples,
            ["mean"] = double.IsFinite(Mean) ? Mean : null,
            ["standard-error"] = double.IsFinite(StandardError) ? StandardError : null,
            ["images"] = Images,
        };
        if (Partition is not null) json["partition"] = Partition.ToJson();
        return json;
    }

    /// <summary>Mean and standard error of one value per image, each of which has the same estimate of log Z in it.</summary>
    internal static Bound Of(BoundKind kind, int samples, IReadOnlyList<double> values, PartitionEstimate? partition = null)
    {
        var mean = values.Average();
        var variance = values.Count > 1 ? values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) : double.PositiveInfinity;
        var ofPartition = partition?.StandardError ?? 0;
        return new(kind, samples, mean, Math.Sqrt((variance / values.Count) + (ofPartition * ofPartition)), values.Count) { Partition = partition };
    }
}
