using System.Text.Json.Nodes;
using Heaviside.Files;

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

    /// <summary>The SHA-256 of the file of the best weights; null before the first, and where the version that wrote them noted none.</summary>
    public string? BestSum { get; init; }

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
        ["best-sum"] = BestSum,
        ["stale"] = Stale,
        ["seconds"] = Seconds,
    };

    /// <exception cref="InputException">It lacks a field, or has one of another kind, or what they say together cannot be.</exception>
    internal static TrainingState FromJson(JsonObject json)
    {
        long Count(string name, long most = long.MaxValue) =>
            json.Whole(name) is { } count && count <= most ? count : throw Wrong(name, $"a whole number from 0 to {most}");
        double Number(string name) => json.Number(name) ?? throw Wrong(name, "a number");
        var state = new TrainingState
        {
            Step = Count("step"),
            Epoch = (int)Count("epoch", int.MaxValue),
            Batch = (int)Count("batch", int.MaxValue),
            MetricsPosition = Count("metrics-position"),
            ObjectiveSum = Number("objective-sum"),
            ObjectiveCount = Count("objective-count"),
            BestBound = json.TryGetPropertyValue("best-bound", out var best) && best is null ? null : Number("best-bound"),
            BestStep = Count("best-step"),
            BestSum = json["best-sum"] is null ? null : json.Text("best-sum") ?? throw Wrong("best-sum", "a text"),
            Stale = (int)Count("stale", int.MaxValue),
            Seconds = Number("seconds"),
        };
        if (state.ObjectiveCount > state.Step || state.BestStep > state.Step || state.Stale > state.Step || (state.BestBound is null) != (state.BestStep == 0) || state.Seconds < 0)
            throw new InputException($"its state of step {state.Step} has numbers that cannot be");
        return state;
    }

    /// <summary>Makes sure that steps, epochs and batches agree.</summary>
    /// <param name="batchesPerEpoch">How many batches an epoch has.</param>
    /// <exception cref="InputException">They do not.</exception>
    internal void RequirePosition(int batchesPerEpoch)
    {
        if (Batch >= batchesPerEpoch || Step != ((long)Epoch * batchesPerEpoch) + Batch)
            throw new InputException($"its state is of step {Step}, but of batch {Batch} of epoch {Epoch}, of {batchesPerEpoch} batches each");
    }

    private static InputException Wrong(string name, string expected) => new($"its state has no '{name}' that is {expected}");
}
