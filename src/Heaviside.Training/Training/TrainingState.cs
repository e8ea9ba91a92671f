using System.Numerics;
using System.Text.Json.Nodes;

namespace Heaviside.Training;

/// <summary>Where a run is: everything besides tensors that continuing it needs.</summary>
public sealed record TrainingState
{
    /// <summary>Training steps done.</summary>
    public long Step { get; init; }

    /// <summary>The epoch of the next batch, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>The number of the next batch in its epoch, from 0.</summary>
    public int Batch { get; init; }

    /// <summary>The length of the metrics file.</summary>
    public long MetricsPosition { get; init; }

    /// <summary>The sum of the training objective since the last line of metrics.</summary>
    public double ObjectiveSum { get; init; }

    /// <summary>The steps in that sum.</summary>
    public long ObjectiveCount { get; init; }

    /// <summary>The best validation bound so far, or null before the first.</summary>
    public double? BestBound { get; init; }

    /// <summary>The step of the best validation bound.</summary>
    public long BestStep { get; init; }

    /// <summary>Validations since the best one.</summary>
    public int Stale { get; init; }

    /// <summary>Seconds of training so far, over all its parts.</summary>
    public double Seconds { get; init; }

    internal JsonObject ToJson() => new()
    {
        ["step"] = Step,
        ["epoch"] = Epoch,
        ["batch"] = Batch,
        ["metrics-position"] = MetricsPosition,
        ["objective-sum"] = ObjectiveSum,
        ["objective-count"] = ObjectiveCount,
        ["best-bound"] = BestBound,
        ["best-step"] = BestStep,
        ["stale"] = Stale,
        ["seconds"] = Seconds,
    };

    /// <exception cref="InputException">It is no object with all the fields, each a number of its kind.</exception>
    internal static TrainingState FromJson(JsonNode? node)
    {
        var json = node as JsonObject ?? throw new InputException("its state is no JSON object");
        return new()
        {
            Step = Count<long>(json, "step"),
            Epoch = Count<int>(json, "epoch"),
            Batch = Count<int>(json, "batch"),
            MetricsPosition = Count<long>(json, "metrics-position"),
            ObjectiveSum = Number<double>(json, "objective-sum"),
            ObjectiveCount = Count<long>(json, "objective-count"),
            BestBound = json.TryGetPropertyValue("best-bound", out var best) && best is null ? null : Number<double>(json, "best-bound"),
            BestStep = Count<long>(json, "best-step"),
            Stale = Count<int>(json, "stale"),
            Seconds = Number<double>(json, "seconds"),
        };
    }

    private static T Number<T>(JsonObject json, string name)
        where T : struct =>
        json[name] is JsonValue value && value.TryGetValue(out T number)
            ? number
            : throw new InputException($"its state has no '{name}', or one that is no {typeof(T).Name}");

    private static T Count<T>(JsonObject json, string name)
        where T : struct, INumber<T> =>
        Number<T>(json, name) is var number && T.IsNegative(number) ? throw new InputException($"its state has a negative '{name}'") : number;
}
