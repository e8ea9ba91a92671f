using System.Diagnostics;
using Heaviside.Estimators;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>How far and how fast a run is, and its mean objective since that was last taken.</summary>
/// <param name="options">How far it goes.</param>
/// <param name="trainingImages">Images in an epoch.</param>
internal sealed class RunPace(TrainingOptions options, int trainingImages)
{
    // The rate is that of about the last ten seconds, in parts of a quarter.
    private const int Marks = 40;
    private const double SecondsPerMark = 0.25;

    private readonly long stepsPerEpoch = ((trainingImages - 1) / options.BatchSize) + 1;
    private readonly Queue<(long Time, long Step)> marks = new();
    private double objectiveSum;
    private long objectiveCount;

    /// <summary>Training steps done.</summary>
    internal long Step { get; private set; }

    /// <summary>All training steps.</summary>
    internal long Steps => options.Steps;

    /// <summary>Whether an epoch ends here.</summary>
    internal bool IsEndOfEpoch => Step % stepsPerEpoch == 0;

    /// <summary>Whether the validation bound of this step is still to come.</summary>
    internal bool IsValidated => Step % options.ValidateEvery == 0 || Step == Steps;

    /// <summary>Steps per second, or 0 before it is known.</summary>
    internal double Rate => Elapsed > 0 ? (Step - marks.Peek().Step) / Elapsed : 0;

    /// <summary>The mean objective since <see cref="TakeObjective"/>, in nats.</summary>
    internal double Objective => objectiveSum / objectiveCount;

    /// <summary>What the objective is.</summary>
    internal string ObjectiveName { get; private set; } = EvaluationPoint.HardSample.ObjectiveName();

    /// <summary>Such as <c>epoch 3/20</c>.</summary>
    internal string EpochText => $"epoch {EpochOf(Step).ToString().PadLeft($"{EpochOf(Steps)}".Length)}/{EpochOf(Steps)}";

    /// <summary>Such as <c>step 1,500/10,000</c>.</summary>
    internal string StepText => $"step {Format.Of(Step).PadLeft(Format.Of(Steps).Length)}/{Format.Of(Steps)}";

    /// <summary>Such as <c>312 steps/s  0:27 left</c>; empty before it is known.</summary>
    internal string PaceText => Rate > 0 ? $"{Format.Short(Rate)} steps/s  {Format.Duration((Steps - Step) / Rate)} left" : "";

    private double Elapsed => marks.Count > 0 ? Stopwatch.GetElapsedTime(marks.Peek().Time).TotalSeconds : 0;

    /// <summary>A step is done.</summary>
    internal void Stepped(TrainingState state, double objective, EvaluationPoint point)
    {
        Step = state.Step;
        ObjectiveName = point.ObjectiveName();
        objectiveSum += objective;
        objectiveCount++;
        if (marks.Count > 0 && Stopwatch.GetElapsedTime(marks.Last().Time).TotalSeconds < SecondsPerMark) return;
        marks.Enqueue((Stopwatch.GetTimestamp(), Step));
        if (marks.Count > Marks) marks.Dequeue();
    }

    /// <summary>The mean objective, which then starts anew.</summary>
    internal double TakeObjective()
    {
        var mean = Objective;
        (objectiveSum, objectiveCount) = (0, 0);
        return mean;
    }

    private long EpochOf(long step) => ((Math.Max(step, 1) - 1) / stepsPerEpoch) + 1;
}
