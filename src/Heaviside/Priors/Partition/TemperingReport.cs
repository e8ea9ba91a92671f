using System.Text.Json.Nodes;

namespace Heaviside.Priors.Partition;

/// <summary>What parallel tempering can tell of its chains.</summary>
/// <param name="Betas">The ladder, from 0 to 1.</param>
/// <param name="ExchangeRates">The part of the exchanges that were accepted, of each two neighbors.</param>
/// <param name="AutocorrelationTimes">Of w = E_0 - E at each beta, in sweeps: how many sweeps say as much as one independent state.</param>
/// <param name="Samples">The states of each beta that were used, over all runs, after thinning.</param>
/// <param name="RoundTrips">How often a state went from beta 0 to beta 1 and back, in each run.</param>
/// <param name="Runs">The estimate of log Z of each run alone, in nats; the standard error comes from these.</param>
/// <param name="Sweeps">Sweeps of each run after the burn-in.</param>
public sealed record TemperingReport(
    IReadOnlyList<double> Betas,
    IReadOnlyList<double> ExchangeRates,
    IReadOnlyList<double> AutocorrelationTimes,
    IReadOnlyList<long> Samples,
    IReadOnlyList<long> RoundTrips,
    IReadOnlyList<double> Runs,
    int Sweeps)
{
    internal JsonObject ToJson() => new()
    {
        ["betas"] = Array(Betas),
        ["exchange-rates"] = Array(ExchangeRates),
        ["autocorrelation-times"] = Array(AutocorrelationTimes),
        ["samples"] = Array(Samples),
        ["round-trips"] = Array(RoundTrips),
        ["runs"] = Array(Runs),
        ["sweeps"] = Sweeps,
    };

    private static JsonArray Array(IEnumerable<double> values) => [.. values.Select(v => (JsonNode)v)];

    private static JsonArray Array(IEnumerable<long> values) => [.. values.Select(v => (JsonNode)v)];
}
