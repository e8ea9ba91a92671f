using Heaviside.Estimators;
using Heaviside.Training;

namespace Heaviside.Cli.Output;

/// <summary>How far and how fast a run is, and its mean objective since that was last taken.</summary>
/// <param name="options">How far it goes.</param>
/// <param name="clock">What the time is; the system's by default.</param>
internal sealed class RunPace(TrainingOptions options, TimeProvider? clock = null)
{
    // The rate is that of about the last ten seconds of training, in parts of a quarter.
    private const int Marks = 40;
    private const double SecondsPerMark = 0.25;

    private readonly long stepsPerEpoch = options.BatchesPerEpoch;
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Queue<(double Seconds, long Steps)> marks = new();
    private (double Seconds, long Steps) timed;
    private (long Time, long Step)? begin;
    private long last;
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

    /// <summary>Training steps per second, without the first step, before which a program gets ready, and without validations; 0 before it is known.</summary>
    internal double Rate => marks.TryPeek(out var first) && timed.Seconds > first.Seconds ? (timed.Steps - first.Steps) / (timed.Seconds - first.Seconds) : 0;

    /// <summary>Seconds to the last step, if there are as many validations as until now; infinite before it is known.</summary>
    internal double SecondsLeft => begin is { } b && Step > b.Step ? (Steps - Step) * clock.GetElapsedTime(b.Time).TotalSeconds / (Step - b.Step) : double.PositiveInfinity;

    /// <summary>The mean objective since <see cref="TakeObjective"/>, in nats.</summary>
    internal double Objective => objectiveSum / objectiveCount;

    /// <summary>What the objective is.</summary>
    internal string ObjectiveName { get; private set; } = EvaluationPoint.HardSample.ObjectiveName();

    /// <summary>Such as <c>epoch 3/20</c>.</summary>
    internal string EpochText => $"epoch {EpochOf(Step).ToString().PadLeft($"{EpochOf(Steps)}".Length)}/{EpochOf(Steps)}";

    /// <summary>Such as <c>step 1,500/10,000</c>.</summary>
    internal string StepText => $"step {Format.Of(Step).PadLeft(Format.Of(Steps).Length)}/{Format.Of(Steps)}";

    /// <summary>Such as <c>312 steps/s  0:27 left</c>; empty before it is known.</summary>
    internal string PaceText => Rate > 0 ? $"{Format.Short(Rate)} steps/s  {Format.Duration(SecondsLeft)} left" : "";

    /// <summary>A step is done.</summary>
    internal void Stepped(TrainingState state, double objective, EvaluationPoint point)
    {
        var now = clock.GetTimestamp();
        if (begin is not null) timed = (timed.Seconds + clock.GetElapsedTime(last, now).TotalSeconds, timed.Steps + 1);
        (Step, last) = (state.Step, now);
        begin ??= (now, Step);
        ObjectiveName = point.ObjectiveName();
        objectiveSum += objective;
        objectiveCount++;
        if (marks.Count > 0 && timed.Seconds - marks.Last().Seconds < SecondsPerMark) return;
        marks.Enqueue(timed);
        if (marks.Count > Marks) marks.Dequeue();
    }

    /// <summary>Something else than a step has taken the time since the last one.</summary>
    internal void Paused() => last = clock.GetTimestamp();

    /// <summary>The mean objective, which then starts anew.</summary>
    internal double TakeObjective()
    {
        var mean = Objective;
        (objectiveSum, objectiveCount) = (0, 0);
        return mean;
    }

    private long EpochOf(long step) => ((Math.Max(step, 1) - 1) / stepsPerEpoch) + 1;
}
