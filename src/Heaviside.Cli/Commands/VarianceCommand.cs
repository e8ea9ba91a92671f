using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Laboratory;
using Heaviside.Laws;
using Heaviside.Models;
using Heaviside.Training;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside variance</c>.</summary>
internal static class VarianceCommand
{
    private const long MaxJointValues = 4096;
    private const int ModelDraws = 500, ProblemDraws = 100_000;

    private static readonly Argument<string> Target = new("RECIPE|MODEL|PROBLEM") { Description = "A recipe's file or name, a model's name, or a problem of the command check, such as one-bit" };
    private static readonly Option<string> Estimators = new("--estimators") { Description = "The estimators, with commas between them; settings of one stand in parentheses", HelpName = "A,B,...", DefaultValueFactory = _ => "nvil,simple-muprop,muprop,rebar,rebar(temperature=0.1, learn-temperature=false)" };
    private static readonly Option<string?> Follow = new("--follow") { Description = "The estimator whose updates the weights follow [default: the recipe's, else simple-muprop]", HelpName = "NAME" };
    private static readonly Option<string?> Steps = new("--steps") { Description = "Training steps [default: the recipe's, else 5000]", HelpName = "N" };
    private static readonly Option<long?> Every = CheckedOption.Whole("--every", "Steps between reports [default: a fiftieth of the steps]", 1, long.MaxValue);
    private static readonly Option<string?> SweepOver = new("--sweep") { Description = "Temperatures, or epsilons, at which bias and variance are compared with the exact gradient [default: 0.1,0.25,0.5,1,2 if it can be computed; [] for none]", HelpName = "V,V,..." };
    private static readonly Option<int?> Draws = CheckedOption.Whole("--draws", $"Gradients per estimator and value of the sweep [default: {ModelDraws}; {ProblemDraws} for a problem]", 2, 100_000_000);
    private static readonly Option<string?> Data = new("--data") { Description = "Data set", HelpName = "NAME" };
    private static readonly Option<string?> Seed = new("--seed") { Description = "Seed of everything random", HelpName = "N" };
    private static readonly Option<string?> Device = CommonOptions.Device();
    private static readonly Option<string?> DataDir = CommonOptions.DataDir();
    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting of model, data and training", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for tables and charts [default: runs/variance-NAME-N]", HelpName = "FOLDER" };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object a line, for programs");
    private static readonly Option<bool> StopWithInput = CommonOptions.StopWithInput();

    internal static Command Create() => new CommandWithExamples(
        "variance",
        "Compares gradient estimators: variance along one training run on the same minibatches, bias and variance against temperature or epsilon. Ctrl-C ends a study early and keeps what it has; a study cannot be resumed.",
        new("variance sbn --data mnist-static --steps 2000", "REBAR's comparison"),
        new("variance sbn --estimators reinforce,rebar,gumbel-softmax --set layers=8", "few bits: against the exact gradient too"),
        new("variance one-bit --estimators reinforce,rebar,relax --set target=0.499 logit=0", "RELAX's toy: each on its own trajectory"))
    {
        Target, Estimators, Follow, Steps, Every, SweepOver, Draws, Data, Seed, Device, DataDir, Set, Out, AsJson, StopWithInput,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        using var interrupt = new Interrupt("stopping after this step, to write what there is; press Ctrl-C again to quit at once");
        if (parsed.GetValue(StopWithInput)) interrupt.ListenToInput();
        var choices = EstimatorChoice.ParseList(parsed.GetRequiredValue(Estimators));
        var view = new LabView(parsed.GetValue(AsJson));
        var target = parsed.GetRequiredValue(Target);
        return ProblemCatalog.All().Any(p => p.Name == target)
            ? OnProblem(parsed, target, choices, view, interrupt.Token)
            : OnModel(parsed, target, choices, view, interrupt.Token);
    }

    private static int OnModel(ParseResult parsed, string target, IReadOnlyList<EstimatorChoice> choices, LabView view, CancellationToken stop)
    {
        var settings = RecipeFinder.Find(target);
        RequireEstimator(settings.Given.FirstOrDefault(s => s.Key == "model").Value);
        var follow = EstimatorChoice.Parse(parsed.GetValue(Follow) ?? settings.Given.FirstOrDefault(s => s.Key == "estimator").Value ?? "simple-muprop");
        if (!settings.Has("steps") && !settings.Has("epochs")) settings = settings.With([new("steps", "5000")]);
        settings = settings.With(Overrides(parsed, ("estimator", follow.Entry.Name), ("data", parsed.GetValue(Data)), ("device", parsed.GetValue(Device)))).With(follow.Given);
        using var experiment = Experiment.Create(settings, DataFolders.Standard(parsed.GetValue(DataDir)));
        using var study = new VarianceStudy(experiment, choices, follow);

        using var scope = torch.NewDisposeScope();
        var values = ReadSweep(parsed, isExact: JointValues(experiment.DiscreteModel) <= MaxJointValues);
        if (values.Count > 0) _ = SweepOf(experiment, draws: 2); // refused before the training, not after it
        using var folder = new LabFolder(
            parsed.GetValue(Out) ?? NumberedFolder(target),
            $"{experiment.ModelName} on {experiment.Data.Name}",
            $"{experiment.Data.Name} ({experiment.Data.Source}), {string.Concat(experiment.Data.Facts.Select(f => $"{f.Name} {f.Value}, "))}seed {experiment.Options.Seed}, batches of {experiment.Options.BatchSize}, "
            + $"weights follow {follow.Name}; moving averages with decay 0.999 from 0, mean over parameters, minibatch noise included");
        view.WriteHeader(folder);
        var steps = experiment.Options.Steps;
        long done = 0;
        view.Follow(folder, steps, stepped => study.Run(EveryOf(parsed, steps), stop, n => stepped(done = n)));
        return Finish(folder, view, values, choices, () => SweepOf(experiment, parsed.GetValue(Draws) ?? ModelDraws), done, steps, "at the last weights, on the first minibatch", stop);
    }

    // Before an estimator to follow is sought among the settings, which may say that there is none.
    private static void RequireEstimator(string? model)
    {
        if (model is not null && !ModelCatalog.All.Find(model).NeedsEstimator)
            throw new InputException($"the model '{model}' trains without a gradient estimator, there is nothing to compare");
    }

    private static int OnProblem(ParseResult parsed, string target, IReadOnlyList<EstimatorChoice> choices, LabView view, CancellationToken stop)
    {
        if (parsed.GetValue(Follow) is not null) throw new InputException("--follow is for models: on a problem every estimator has a trajectory of its own");
        if (new[] { Data, DataDir }.FirstOrDefault(o => parsed.GetValue(o) is not null) is { } data) throw new InputException($"{data.Name} is for models: a problem has no data");
        var settings = new Settings(Overrides(parsed));
        var problem = ToyStudy.FindProblem(target, settings, ComputeDevice.Parse(parsed.GetValue(Device) ?? "cpu").Torch);
        var options = settings.Fill(new ToyOptions());
        settings.EnsureAllRead();
        using var study = new ToyStudy(problem, choices, options);
        var values = ReadSweep(parsed, isExact: true);
        var known = string.Join(", ", settings.Resolved.Where(s => s.Key is "target" or "logit").Select(s => $"{s.Key} {s.Value}"));
        using var folder = new LabFolder(
            parsed.GetValue(Out) ?? NumberedFolder(target), $"problem {target}",
            $"{target}{(known.Length > 0 ? $" ({known})" : "")}, no data, seed {options.Seed}; Adam with learning rate {Invariant(options.LearningRate)}, E[f] by enumeration, variance of 1000 gradients at the weights of the step");
        view.WriteHeader(folder);
        long done = 0;
        view.Follow(folder, options.Steps, stepped => study.Run(EveryOf(parsed, options.Steps), stop, n => stepped(done = n)));
        return Finish(folder, view, values, choices, () => Sweep.On(problem, parsed.GetValue(Draws) ?? ProblemDraws, options.Seed), done, options.Steps, "at the initial parameters", stop);
    }

    // The sweep, the files, the tables.
    private static int Finish(
        LabFolder folder, LabView view, IReadOnlyList<double> values, IReadOnlyList<EstimatorChoice> choices, Func<Sweep> sweep,
        long done, long steps, string where, CancellationToken stop)
    {
        if (values.Count > 0 && !stop.IsCancellationRequested)
            view.Follow(folder, values.Count * choices.Count, stepped => sweep().Run(choices, values).TakeWhile(_ => !stop.IsCancellationRequested).Select((row, i) =>
            {
                stepped(i + 1);
                return row;
            }));
        var settings = string.Join(" and ", folder.Rows.OfType<SweepRow>().Where(r => r.Value is not null).Select(r => r.Setting).Distinct());
        var swept = folder.Rows.OfType<SweepRow>().Any() ? $"; bias and variance{(settings == "" ? "" : $" against {settings}")} {where}" : "";
        view.Finish(folder, done, steps, swept);
        return stop.IsCancellationRequested ? throw new OperationCanceledException($"stopped after {done} steps; what there is was written to {folder.Root}") : Application.Success;
    }

    private static Sweep SweepOf(Experiment experiment, int draws)
    {
        var loader = experiment.Data.Shuffled(Split.Train, experiment.Options.BatchSize, experiment.Options.Seed);
        using var batch = loader.At(0, 0);
        batch.Device = experiment.Device;
        return Sweep.On(experiment, batch[ImageData.Pixels], draws);
    }

    private static IReadOnlyList<double> ReadSweep(ParseResult parsed, bool isExact)
    {
        var given = parsed.GetValue(SweepOver);
        if (given is null && !isExact) return [];
        var settings = new Settings(given is null ? [] : [new("sweep", given)]);
        return settings.DoubleList("sweep", [0.1, 0.25, 0.5, 1, 2], 1e-6, 1e6, "temperatures or epsilons of the sweep");
    }

    // Joint values of all layers together.
    private static double JointValues(DiscreteLatentModel model) =>
        model.LatentLayers.Select(shape => shape.Length == 1 ? Math.Pow(2, shape[0]) : Math.Pow(shape[1], shape[0])).Aggregate((a, b) => a * b);

    private static IEnumerable<KeyValuePair<string, string>> Overrides(ParseResult parsed, params (string Key, string? Value)[] more) =>
        CommonOptions.Settings(parsed.GetValue(Set), [.. more, ("steps", parsed.GetValue(Steps)), ("seed", parsed.GetValue(Seed))]).Given;

    private static long EveryOf(ParseResult parsed, long steps) => parsed.GetValue(Every) ?? Math.Max(1, steps / 50);

    private static string NumberedFolder(string target) => CommonOptions.NumberedFolder($"variance-{Path.GetFileNameWithoutExtension(target)}");

    private static string Invariant(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
