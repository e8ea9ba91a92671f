using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside train</c>.</summary>
internal static class TrainCommand
{
    private static readonly Argument<string?> Target = new("RECIPE|MODEL") { Description = "A recipe's file or name, or a model's name [default: categorical-vae]", Arity = ArgumentArity.ZeroOrOne };

    // Options that are short for a setting of the same name.
    private static readonly Option<string?>[] SettingOptions =
    [
        Setting("data", "NAME|PATH", "Data set, or a folder of images, .npz, .csv or the like [default: fashion-mnist]"),
        Setting("target", "COLUMN", "Column of a table to predict [default: target]"),
        Setting("estimator", "NAME", "Gradient estimator [default: gumbel-softmax]"),
        Setting("latents", "NxK", "N categorical latent variables of K classes [default: 30x10]"),
        Setting("epochs", "N", "Passes over the training images [default: 20]"),
        Setting("steps", "N", "Training steps, instead of epochs"),
        Setting("seed", "N", "Seed of everything random in the run [default: 1]"),
        CommonOptions.Device(),
        Setting("batch-size", "N", "Images per step [default: 100]"),
        Setting("learning-rate", "SCHEDULE", "Number or schedule, such as \"linear(1e-3, 0, steps=5000)\" [default: 0.001]"),
        Setting("temperature", "SCHEDULE", "Temperature of a relaxation [default: 0.5]"),
        Setting("stability", "WEIGHT", "Weight of stability regularization of the logits [default: none]"),
        Setting("rho", "RHO", "Correlation of its noises [default: 0.9]"),
        Setting("binarization", "NAME", "none, threshold, dynamic or \"fixed(seed=N)\" [default: as the data set needs]"),
    ];

    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting; comes after all other options and recipes", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> DataDir = CommonOptions.DataDir();
    private static readonly Option<string?> Out = new("--out") { Description = "Folder of the run [default: runs/DATA-MODEL-ESTIMATOR-N]", HelpName = "FOLDER" };
    private static readonly Option<string?> Resume = new("--resume") { Description = "Continue this run where it was stopped; only its length, learning rate, probes and the like may change", HelpName = "RUN" };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object a line, for programs");
    private static readonly Option<bool> Quiet = CheckedOption.Switch("--quiet", "Print only the result");
    private static readonly Option<bool> StopWithInput = CommonOptions.StopWithInput();

    internal static Command Create() => new CommandWithExamples(
        "train",
        "Trains a model, evaluates it on the test images, and writes pictures.",
        new("train", "the default model on Fashion-MNIST"),
        new("train --data mnist-static --estimator straight-through --epochs 2", "another data set and estimator"),
        new("train --latents 100x2 --set encoder-layers=[500,200] patience=5", "any setting by its name"),
        new("train categorical-vae --stability 100 --rho 0.9", "with stability regularization"),
        new("train recipe.yaml --seed 2 --out runs/second", "a recipe with another seed"),
        new("train --resume runs/second", "continue a run that was stopped"),
        new("train --resume runs/second --epochs 40", "train a finished run on"))
    {
        Target, SettingOptions, Set, DataDir, Out, Resume, AsJson, Quiet, StopWithInput,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        using var interrupt = new Interrupt("stopping after this step; press Ctrl-C again to quit at once");
        if (parsed.GetValue(StopWithInput)) interrupt.ListenToInput();
        var folders = DataFolders.Standard(parsed.GetValue(DataDir));
        TrainingView view = new LastingView(parsed.GetValue(AsJson) ? new JsonView() : parsed.GetValue(Quiet) ? new QuietView() : Terminal.IsInteractive ? new LiveView() : new LineView());
        if (parsed.GetValue(Resume) is { } resume)
        {
            if (new Symbol[] { Target, Out }.FirstOrDefault(o => parsed.GetResult(o) is { Tokens.Count: > 0 }) is { } other)
                throw new InputException($"--resume continues a run as it was begun and where it is: leave out {other.Name}");
            using var run = RunFolder.Open(resume);
            using var experiment = Create(parsed, SettingChange.Apply(run.ReadSettings(), Asked(parsed).Given), folders, interrupt.Token);
            run.RequireSameData(experiment);
            Train(run, experiment, view, interrupt.Token);
        }
        else
        {
            using var experiment = Create(parsed, ReadSettings(parsed), folders, interrupt.Token);
            using var run = RunFolder.Create(parsed.GetValue(Out) ?? NumberedFolder(experiment), experiment);
            Train(run, experiment, view, interrupt.Token);
        }

        return Application.Success;
    }

    private static Experiment Create(ParseResult parsed, Settings settings, DataFolders folders, CancellationToken stop)
    {
        Experiment.Require(settings);
        if (parsed.GetValue(DataDir) is null) DefaultData.Require(settings, folders, stop); // a set is not fetched in place of one that was pointed to
        DataSimulation.Require(settings, stop);
        return Experiment.Create(settings, folders);
    }

    private static void Train(RunFolder run, Experiment experiment, TrainingView view, CancellationToken stop)
    {
        try
        {
            view.Started(run, experiment);
            RunResult? result = null;
            view.Show(() =>
            {
                var state = new Trainer(experiment, run, view).Run(stop);
                stop.ThrowIfCancellationRequested();
                result = RunReport.Write(run, experiment, state, view, stop);
            });
            view.Finished(run, experiment, result!);
            if (result!.Problem is { } problem) throw new DivergedException(problem);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException($"stopped; continue with: {HostProgram.Name} train --resume {run.Root}");
        }
    }

    // The recipe or model, then what was asked for.
    private static Settings ReadSettings(ParseResult parsed) => RecipeFinder.Find(parsed.GetValue(Target)).With(Asked(parsed).Given);

    // The options, then --set.
    private static Settings Asked(ParseResult parsed)
    {
        var options = SettingOptions.Where(o => parsed.GetValue(o) is not null).Select(o => KeyValuePair.Create(o.Name[2..], parsed.GetValue(o)!));
        return new Settings(options).With(new Settings(parsed.GetValue(Set)?.Select(CommonOptions.ParseSetting)).Given);
    }

    private static string NumberedFolder(Experiment experiment) =>
        CommonOptions.NumberedFolder($"{experiment.Data.Name}-{experiment.ModelName}-{experiment.EstimatorName}");

    private static Option<string?> Setting(string name, string value, string description) => new("--" + name) { Description = description, HelpName = value };
}
