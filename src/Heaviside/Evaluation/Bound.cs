using System.Text.Json.Nodes;

namespace Heaviside.Evaluation;

/// <summary>An estimate of a lower bound of log p(x), or of another <see cref="Quantity"/>, averaged over a set of images.</summary>
/// <param name="Kind">Which bound: <c>elbo</c> or <c>importance-weighted</c>. Both use hard latents and are valid.</param>
/// <param name="Samples">Samples of the latents per image.</param>
/// <param name="Mean">The mean over the images, in nats.</param>
/// <param name="StandardError">Of that mean over the images, in nats.</param>
/// <param name="Images">How many images.</param>
public sealed record Bound(string Kind, int Samples, double Mean, double StandardError, int Images)
{
    /// <summary>What it is a bound of.</summary>
    public string Quantity { get; init; } = "log p(x)";

    /// <summary>Kind, quantity and samples in words, as results print them.</summary>
    public string Description => Kind == "elbo"
        ? $"evidence lower bound of {Quantity}, 1 hard sample (a valid bound)"
        : $"{Samples}-sample importance-weighted bound of {Quantity}, hard samples (a valid bound)";

    /// <summary>The fields of a line of metrics.</summary>
    internal IReadOnlyList<(string Name, object? Value)> Metrics =>
        [("bound", Kind), ("samples", Samples), ("mean", Mean), ("standard-error", StandardError), ("images", Images)];

    /// <summary>All of it as JSON, which has no NaN and no infinity: null.</summary>
    public JsonObject ToJson() => new()
    {
        ["kind"] = Kind,
        ["quantity"] = Quantity,
        ["description"] = Description,
        ["samples"] = Samples,
        ["mean"] = double.IsFinite(Mean) ? Mean : null,
        ["standard-error"] = double.IsFinite(StandardError) ? StandardError : null,
        ["images"] = Images,
    };

    /// <summary>Mean and standard error of one value per image.</summary>
    internal static Bound Of(string kind, int samples, IReadOnlyList<double> values)
    {
        var mean = values.Average();
        var variance = values.Count > 1 ? values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) : 0;
        return new(kind, samples, mean, Math.Sqrt(variance / values.Count), values.Count);
    }
}
