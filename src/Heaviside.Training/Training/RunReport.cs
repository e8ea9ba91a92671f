using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Evaluation;
using Heaviside.Files;
using Heaviside.Models;
using Heaviside.Models.Graphs;
using Heaviside.Pictures;

namespace Heaviside.Training;

/// <summary>What is made of a run once it is trained: test bounds, pictures and curves.</summary>
public static class RunReport
{
    private const int SampleCount = 100;
    private const int ReconstructionCount = 50;
    private const int MistakeCount = 50;
    private const int GraphCount = 12;
    private const int TrajectoryCount = 6;

    /// <summary>Evaluates the best weights on the test images and writes result.json, the pictures and the curves.</summary>
    public static RunResult Write(RunFolder run, Experiment experiment, TrainingState state, ITrainingObserver observer, CancellationToken stop)
    {
        LoadBest(run, experiment, state);
        var result = new RunResult(
            Evaluate(experiment, samples: 1, Split.Test, observer, stop),
            experiment.Options.TestSamples == 1 || experiment.Model is not IHasLogWeights ? null : Evaluate(experiment, experiment.Options.TestSamples, Split.Test, observer, stop),
            state.BestStep, state.Step, experiment.Options.EndOf(state));
        result = result with { Problem = Problem(result, experiment), Figures = Figures(experiment, Split.Test, stop) };

        if (experiment.Model is LatentVariableModel) Draw(run, experiment);
        if (experiment.Model is IClassifies) WriteClasses(run, RunClasses.Of(experiment, stop));
        if (experiment.Model is IInfersEdges) RunGraphs.Graphs(experiment, GraphCount).Write(run.GraphsFile);
        if (experiment.Model is IPredictsFrames) RunTrajectories.Draw(experiment, TrajectoryCount).Write(run.TrajectoriesFile);
        DrawCurves(run, experiment, observer);
        foreach (var bound in result.Bounds.Where(b => !double.IsFinite(b.Mean)))
            observer.Note($"the test bound is {bound.Mean}, which {run.ResultFile} has as null: {bound.Description}");
        AtomicFile.WriteText(run.ResultFile, ToJson(result, experiment).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return result;
    }

    /// <summary>The model's other figures on a split of the data.</summary>
    public static IReadOnlyList<(string Name, double Mean, double StandardError)> Figures(Experiment experiment, Split split, CancellationToken stop)
    {
        var seed = Seeds.Derive(experiment.Options.Seed, "figures");
        return new BoundEvaluator { Device = experiment.Device, Cancellation = stop }.Figures(experiment.Model, experiment.Data.InOrder(split, BoundEvaluator.BatchSize, seed), seed);
    }

    private static void WriteClasses(RunFolder run, RunClasses classes)
    {
        AtomicFile.WriteText(run.ConfusionFile, classes.Confusion());
        if (classes.Mistakes(MistakeCount) is { } picture) ImageFile.Write(run.MistakesFile, picture);
    }

    private static void Draw(RunFolder run, Experiment experiment)
    {
        var seed = Seeds.Derive(experiment.Options.Seed, "pictures");
        ImageFile.Write(run.SamplesFile, RunImages.Samples(experiment, SampleCount, seed));
        ImageFile.Write(run.ReconstructionsFile, RunImages.Reconstructions(experiment, ReconstructionCount, seed));
        if (experiment.Model is ILearnsLabels) ImageFile.Write(run.ClassesFile, RunImages.Classes(experiment, seed));
        if (experiment is { Supervision: not null, Images.Set.ClassAttributes: { Count: > 0 } attributes } && ((ILearnsLabels)experiment.Model).Clusters >= 1 << attributes.Count)
            ImageFile.Write(run.AttributesFile, RunImages.Attributes(experiment, seed));
    }

    /// <summary>The experiment of a run, with the weights that had the best validation bound when its newest checkpoint was made.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="folders">Where data are looked for.</param>
    /// <param name="note">Is told of a checkpoint that is damaged and passed over.</param>
    /// <param name="overrides">Settings to change, such as the device.</param>
    /// <exception cref="InputException">The run has no checkpoint with validated weights yet, these are not finite, its recipe was changed since, or its data
    /// set is not there or another.</exception>
    public static Experiment Load(RunFolder run, DataFolders folders, Action<string> note, params IEnumerable<KeyValuePair<string, string>> overrides) =>
        Load(run, settings => Experiment.Create(settings.With(overrides), folders), note);

    /// <summary>The same of an experiment that is made in another way.</summary>
    internal static Experiment Load(RunFolder run, Func<Settings, Experiment> create, Action<string> note)
    {
        var experiment = create(run.ReadSettings());
        run.RequireSameData(experiment);
        LoadBest(run, experiment, note);
        return experiment;
    }

    /// <summary>A bound on a split of the data: the evidence lower bound for one sample, else the importance-weighted bound.</summary>
    /// <exception cref="NonFiniteException">Numbers that are not finite do not let it be computed.</exception>
    public static Bound Evaluate(Experiment experiment, int samples, Split split, ITrainingObserver observer, CancellationToken stop) =>
        Evaluate(experiment, experiment.Model, samples, split, observer, stop);

    /// <summary>The same of another model than the experiment's.</summary>
    internal static Bound Evaluate(Experiment experiment, TrainableModel model, int samples, Split split, ITrainingObserver observer, CancellationToken stop)
    {
        var seed = Seeds.Derive(experiment.Options.Seed, $"evaluation on {split}");
        var examples = experiment.Data.InOrder(split, BoundEvaluator.BatchSize, seed);
        var what = samples == 1 ? $"{split} bound".ToLowerInvariant() : $"{split} bound, {samples} samples".ToLowerInvariant();
        var evaluator = new BoundEvaluator { Device = experiment.Device, Partition = experiment.Partition ?? BoundEvaluator.QuickPartition, Cancellation = stop, Progress = done => observer.Evaluating(what, done, examples.Count) };
        try
        {
            return samples == 1
                ? evaluator.Score(model, examples, seed)
                : evaluator.ImportanceWeighted(model, examples, samples, seed);
        }
        catch (Exception error) when (NonFiniteDiagnosis.IsRefusal(error))
        {
            throw new NonFiniteException($"the {what} cannot be computed: {error.Message.Split('\n')[0]}");
        }
    }

    /// <summary>Data set, binarization, model, estimator and seed in one line: what every figure of the run must be read with.</summary>
    public static string Conditions(Experiment e) =>
        $"{e.Data.Name} ({e.Data.Source}), {string.Concat(e.Data.Facts.Select(f => $"{f.Name} {f.Value}, "))}{e.ModelName}, {e.EstimatorName}, seed {e.Options.Seed}";

    private static void LoadBest(RunFolder run, Experiment experiment, Action<string> note)
    {
        var reasons = new List<string>();
        string[] paths = [.. Checkpoint.All(run)];
        foreach (var path in paths.Reverse())
        {
            if (Checkpoint.Try(path, () => CheckpointHead.Read(path), reasons) is not { State.BestBound: not null } head) continue;
            SettingChange.Between(head.Settings, experiment.Settings, path);
            if (Checkpoint.Try(path, () => LoadBest(run, experiment, head.State), reasons) is null) continue;
            foreach (var reason in reasons) note($"passed over a checkpoint that cannot be read: {reason}");
            return;
        }

        if (paths.LastOrDefault() != Checkpoint.All(run).LastOrDefault()) LoadBest(run, experiment, note); // training goes on meanwhile, and removes what it no longer needs
        else if (reasons.Count > 0) throw new InputException($"{run.Root}: none of its checkpoints can be read ({string.Join("; ", reasons)})");
        else throw NotValidated(run);
    }

    private static TrainableModel LoadBest(RunFolder run, Experiment experiment, TrainingState state)
    {
        if (state.BestBound is null) throw NotValidated(run);
        using var scope = torch.NewDisposeScope();
        var file = run.BestFile(state.BestStep);
        var weights = TensorFile.Read(file, experiment.Model.state_dict(), state.BestSum, experiment.Device);
        if (NonFiniteDiagnosis.First(weights) is { } name)
            throw new InputException($"{file}: '{name}' has a NaN or an infinity: such weights can neither be judged nor drawn from; train anew, a smaller learning rate may help");
        experiment.Model.LoadState(weights);
        return experiment.Model;
    }

    private static InputException NotValidated(RunFolder run) =>
        new($"{run.Root}: has no validated weights yet; continue it with: {HostProgram.Name} train --resume {run.Root}");

    private static string? Problem(RunResult result, Experiment experiment) => result switch
    {
        { Elbo: { Mean: var mean } b } when !double.IsFinite(mean) => $"the test bound is {mean}: {b.Description}",
        { ImportanceWeighted: { Mean: var mean } b } when !double.IsFinite(mean) => $"the test bound is {mean}: {b.Description}",
        _ when Worthless.Is(result.Elbo, experiment) => string.Create(CultureInfo.InvariantCulture,
            $"the training diverged: its best weights, of step {result.BestStep}, have a test bound of {result.Elbo.Mean:G6} nats, where a coin for every pixel would have {Worthless.OfCoins(experiment.Images.Set.Train.ImageSize):G6}; a smaller learning rate may help"),
        _ => null,
    };

    // A damaged line of metrics is no reason to lose the bounds.
    private static void DrawCurves(RunFolder run, Experiment experiment, ITrainingObserver observer)
    {
        try
        {
            RunCurves.Of(run, experiment).Write(run.CurvesFile);
        }
        catch (InputException error)
        {
            observer.Note($"{run.CurvesFile} is not drawn: {error.Message}");
        }
    }

    private static JsonObject ToJson(RunResult result, Experiment e)
    {
        var json = Json(result, e);
        if (result.Problem is not null) json["problem"] = result.Problem;
        if (result.Figures.Count > 0)
            json["figures"] = new JsonObject(result.Figures.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)new JsonObject
            {
                ["mean"] = double.IsFinite(f.Mean) ? f.Mean : null,
                ["standard-error"] = double.IsFinite(f.StandardError) ? f.StandardError : null,
            })));
        return json;
    }

    private static JsonObject Json(RunResult result, Experiment e) => new()
    {
        ["conditions"] = Conditions(e),
        ["split"] = "test",
        ["seed"] = e.Options.Seed,
        ["steps"] = result.Steps,
        ["best-step"] = result.BestStep,
        ["ended-by"] = result.End?.ToString().ToLowerInvariant(),
        ["bounds"] = new JsonArray([.. result.Bounds.Select(b => b.ToJson())]),
    };
}
