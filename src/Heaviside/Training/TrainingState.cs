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

    internal static TrainingState FromJson(JsonObject json) => new()
    {
        Step = (long)json["step"]!,
        Epoch = (int)json["epoch"]!,
        Batch = (int)json["batch"]!,
        MetricsPosition = (long)json["metrics-position"]!,
        ObjectiveSum = (double)json["objective-sum"]!,
        ObjectiveCount = (long)json["objective-count"]!,
        BestBound = (double?)json["best-bound"],
        BestStep = (long)json["best-step"]!,
        Stale = (int)json["stale"]!,
        Seconds = (double)json["seconds"]!,
    };
}
