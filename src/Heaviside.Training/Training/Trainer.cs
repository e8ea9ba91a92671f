using System.Diagnostics;
using Heaviside.Data;
using Heaviside.Estimators;
using Heaviside.Evaluation;
using Heaviside.Files;
using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Training;

/// <summary>Trains an experiment, step by step, so that it can be stopped and continued at any moment.</summary>
/// <remarks>A run is a function of its recipe and seed: bit for bit on one machine and thread setting, also across a kill
/// and a resume, but for the times in its metrics.</remarks>
public sealed class Trainer(Experiment experiment, RunFolder run, ITrainingObserver observer)
{
    private readonly TrainingOptions options = experiment.Options;
    private readonly Learner learner = new(experiment.Model, experiment.Estimator, experiment.Optimizer, experiment.Options.LearningRate, experiment.Supervision);
    private readonly Module[] modules = [.. experiment.Model.SelfAndModules(), .. experiment.Estimator?.SelfAndModules() ?? []];
    private readonly HashSet<string> remarks = [];

    /// <summary>Trains an experiment in a folder, or goes on where it was stopped there, and writes what is made of a trained run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The folder of the run: one that is not there or empty, or that of the same experiment.</param>
    /// <param name="observer">Is told of the progress; null: a line for each validation on the console.</param>
    /// <param name="stop">Stops the training, with a checkpoint.</param>
    /// <returns>What the run came to.</returns>
    /// <exception cref="InputException">The folder is not empty, or has a run of other settings or other data.</exception>
    /// <exception cref="NonFiniteException">The objective, a parameter or a validation bound became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RunResult Train(Experiment experiment, string folder, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        observer ??= new ConsoleObserver(experiment);
        using var run = RunFolder.OpenOrCreate(folder, experiment);
        var state = new Trainer(experiment, run, observer).Run(stop);
        stop.ThrowIfCancellationRequested();
        return RunReport.Write(run, experiment, state, observer, stop);
    }

    /// <summary>Trains to the end, or until <paramref name="stop"/> is requested, continuing where the folder's last checkpoint is.</summary>
    /// <returns>Where the run is then; a checkpoint has been written there.</returns>
    /// <exception cref="NonFiniteException">The objective, a parameter or a validation bound became NaN or infinite.</exception>
    public TrainingState Run(CancellationToken stop)
    {
        using var normal = new Denormals();
        using var team = Team.Join();
        using var rng = new Generator(Seeds.Derive(options.Seed, "training"), experiment.Device);
        if (Checkpoint.All(run).Any()) run.RequireOwnVersion(experiment);
        if (Checkpoint.TryLoad(run, experiment, rng, out var state, observer.Note)) NoteContinuation(state);
        else run.BeginAnew(experiment);
        using var metrics = state.Step > 0 ? MetricsLog.OpenAt(run.MetricsFile, state.MetricsPosition) : MetricsLog.Create(run.MetricsFile);

        var examples = experiment.Data.Shuffled(Split.Train, options.BatchSize, options.Seed);
        var clock = Stopwatch.StartNew();
        var before = state.Seconds;
        experiment.Model.train();
        if (IsDone(state)) return Finish(state);
        File.Delete(run.ResultFile); // of a run that was finished and is trained on
        using var collector = new QuietCollector();
        foreach (var batch in examples.From(state.Epoch, state.Batch))
        {
            collector.CollectWhenDue();
            using (batch)
            {
                var (objective, point) = Explained(state, now => Step(batch, rng, now));
                state = state with
                {
                    Step = state.Step + 1,
                    Epoch = batch.Index + 1 == examples.BatchesPerEpoch ? batch.Epoch + 1 : batch.Epoch,
                    Batch = (batch.Index + 1) % examples.BatchesPerEpoch,
                    ObjectiveSum = state.ObjectiveSum + objective,
                    ObjectiveCount = state.ObjectiveCount + 1,
                    Seconds = before + clock.Elapsed.TotalSeconds,
                };
                observer.Stepped(state, options, objective, point);
                if (state.Step % options.LogEvery == 0) state = Log(metrics, state, point);
            }

            if (state.Step % options.ValidateEvery == 0 || state.Step == options.Steps)
            {
                RequireFiniteModel(state);
                state = Explained(state, now => Validate(metrics, now));
            }

            var ends = IsDone(state) || stop.IsCancellationRequested;
            if (ends || state.Step % options.CheckpointEvery == 0)
            {
                RequireFiniteModel(state);
                metrics.Sync();
                state = state with { MetricsPosition = metrics.Position };
                Checkpoint.Save(run, experiment, rng, state);
            }

            if (ends) return IsDone(state) ? Finish(state) : state;
        }

        throw new UnreachableException("the source has batches without end");
    }

    private void NoteContinuation(TrainingState state)
    {
        observer.Note($"continuing from step {state.Step}");
        if (!IsDone(state) && run.Differences(experiment).ToList() is { Count: > 0 } changes)
            observer.Note($"from here on the run is not bit for bit what it would have been: {string.Join("; ", changes)}");
    }

    // Until its end a run keeps the best weights of all its checkpoints.
    private TrainingState Finish(TrainingState state)
    {
        run.KeepBest(state.BestStep);
        return state;
    }

    private bool IsDone(TrainingState state) => options.EndOf(state) is not null;

    private (double Objective, EvaluationPoint Point) Step(Batch batch, Generator rng, TrainingState state)
    {
        using var scope = torch.NewDisposeScope();
        var randomness = rng.get_state();
        batch.Device = experiment.Device;
        var objective = Objective(batch, rng, randomness, state);
        var value = Check(objective, culprit => NonFinite(culprit, batch, rng, randomness, state));

        learner.Backward(objective);
        foreach (var (_, probe) in experiment.Probes) probe.AfterBackward(state.Step);
        learner.Update(state.Step);
        return (value, objective.Point);
    }

    private TrainingObjective Objective(Batch batch, Generator rng, Tensor randomness, TrainingState state)
    {
        try
        {
            return learner.Objective(batch, state.Step, rng);
        }
        catch (Exception error) when (NonFiniteDiagnosis.IsRefusal(error))
        {
            rng.SetState(randomness);
            var culprit = NonFiniteDiagnosis.Explain(experiment, batch, () => learner.Objective(batch, state.Step, rng), error);
            throw new NonFiniteException($"step {state.Step}: the objective cannot be computed: {culprit}; {LastCheckpoint()}");
        }
    }

    // One read from the device for all of the scalars.
    private static double Check(TrainingObjective objective, Func<string, Exception> failure)
    {
        (string Name, Tensor? Scalar)[] named = [("objective", objective.Value), ("loss", objective.Loss), ("tuning loss", objective.TuningLoss)];
        var present = named.Where(s => s.Scalar is not null).ToArray();
        var values = torch.stack([.. present.Select(s => s.Scalar!.detach().to(ScalarType.Float64))]).ToArray<double>();
        for (var i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i])) throw failure($"the {present[i].Name} is {values[i]}");
        return values[0];
    }

    private NonFiniteException NonFinite(string culprit, Batch batch, Generator rng, Tensor randomness, TrainingState state)
    {
        rng.SetState(randomness);
        return new($"step {state.Step}: {culprit}: {NonFiniteDiagnosis.Explain(experiment, batch, () => learner.Objective(batch, state.Step, rng))}; {LastCheckpoint()}");
    }

    // What samples or sums over states refuses numbers that are not finite; what is told as the run's own failure passes.
    private T Explained<T>(TrainingState state, Func<TrainingState, T> part)
    {
        try
        {
            return part(state);
        }
        catch (Exception error) when (error is not NonFiniteException && NonFiniteDiagnosis.IsRefusal(error))
        {
            throw new NonFiniteException($"step {state.Step}: {error.Message.Split('\n')[0]}; {LastCheckpoint()}");
        }
    }

    // An update can spoil the weights while the objective is finite still: such weights are neither judged nor kept.
    private void RequireFiniteModel(TrainingState state)
    {
        if (NonFiniteDiagnosis.Explain(experiment) is { } culprit)
            throw new NonFiniteException($"step {state.Step - 1}: after its update {culprit}; {LastCheckpoint()}");
    }

    private string LastCheckpoint() =>
        Checkpoint.All(run).LastOrDefault() is { } last ? $"the last good checkpoint is {last}" : "there is no checkpoint yet";

    private TrainingState Log(MetricsLog metrics, TrainingState state, EvaluationPoint point)
    {
        metrics.Append(
        [
            RunMetrics.OfKind(RunMetrics.Train),
            ("step", state.Step),
            ("epoch", state.Epoch),
            ("objective", state.ObjectiveSum / state.ObjectiveCount),
            ("point", point.ToString()),
            ("learning-rate", options.LearningRate.At(state.Step - 1)),
            .. learner.Scheduled.SelectMany(s => s.Schedules).Select(s => (s.Name, (object?)s.Schedule.At(state.Step - 1))),
            .. modules.OfType<IReportsNumbers>().SelectMany(m => m.Numbers).Select(n => (n.Name, (object?)n.Value)),
            ("seconds", state.Seconds),
        ]);
        foreach (var remark in modules.OfType<IHasRemarks>().SelectMany(m => m.Remarks)) Remark(state, remark);
        return state with { ObjectiveSum = 0, ObjectiveCount = 0 };
    }

    private void Remark(TrainingState state, string remark)
    {
        if (remarks.Add(remark)) observer.Note($"step {state.Step}: {remark}");
    }

    private TrainingState Validate(MetricsLog metrics, TrainingState state)
    {
        var examples = experiment.Data.InOrder(Split.Validation, BoundEvaluator.BatchSize, Seeds.Derive(options.Seed, "validation"));
        var evaluator = new BoundEvaluator { Device = experiment.Device, Progress = done => observer.Evaluating("validation", done, examples.Count) };
        Bound bound;
        try
        {
            bound = evaluator.Score(experiment.Model, examples, Seeds.Derive(options.Seed, "validation"));
        }
        catch (NonFiniteException refusal)
        {
            throw new NonFiniteException($"step {state.Step}: in the validation, {refusal.Message}; {LastCheckpoint()}");
        }

        if (!double.IsFinite(bound.Mean)) throw new NonFiniteException($"step {state.Step}: the validation bound over {bound.Images} {experiment.Data.Unit} is {bound.Mean}; {LastCheckpoint()}");
        if (Worthless.Is(bound, experiment))
            Remark(state, "the validation bound is worse than twice that of a coin for every pixel: the training has diverged; a smaller learning rate may help");
        var isBest = state.BestBound is not { } best || bound.Mean > best;
        metrics.Append(
            [RunMetrics.OfKind(RunMetrics.Validation), ("step", state.Step), ("epoch", state.Epoch), .. bound.Metrics, ("best", isBest), ("seconds", state.Seconds)]);
        if (isBest) TensorFile.Write(run.BestFile(state.Step), experiment.Model.state_dict(), new Dictionary<string, string> { ["step"] = $"{state.Step}" });
        state = isBest ? state with { BestBound = bound.Mean, BestStep = state.Step, BestSum = FileSum.Of(run.BestFile(state.Step)), Stale = 0 } : state with { Stale = state.Stale + 1 };
        observer.Validated(state, bound);
        foreach (var (name, probe) in experiment.Probes)
            metrics.Append([RunMetrics.OfKind(name), ("step", state.Step), ("epoch", state.Epoch), .. probe.Report(observer), ("seconds", state.Seconds)]);
        return state;
    }
}
