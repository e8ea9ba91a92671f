using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Models;
using Heaviside.Priors;
using Heaviside.Priors.Partition;
using Heaviside.Training;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside partition</c>.</summary>
internal static class PartitionCommand
{
    private static readonly Option<string[]> Methods = CheckedOption.Choices(
        "--method", "NAME", $"Methods: {string.Join(", ", PartitionCatalog.All.Names)} [default: exact up to 20 units, otherwise ais bar mbar]", [.. PartitionCatalog.All.Names]);

    // Options that are short for settings of methods.
    private static readonly (Option<string?> Option, string Setting)[] Short =
    [
        (Setting("--runs", "Independent runs of parallel tempering [default: 20]"), "partition-runs"),
        (Setting("--burn-in", "Sweeps of tempering that do not count [default: 20000]"), "partition-burn-in"),
        (Setting("--sweeps", "Sweeps of tempering that count [default: 100000]"), "partition-sweeps"),
    ];

    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting of the methods, such as partition-betas=5000", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<ulong?> Seed = CheckedOption.Whole<ulong>("--seed", "Seed of the samples [default: that of the run]", 0, long.MaxValue);
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");
    private static readonly RunOptions Of = new();

    internal static Command Create() => new CommandWithExamples(
        "partition",
        "Estimates log Z of the Boltzmann machine of a run by several methods, side by side with their errors.",
        new("partition runs/mnist-static-boltzmann-vae-gumbolt-1", "annealing, bridge sampling and MBAR at the paper's settings"),
        new("partition runs/first --sweeps 2000 --burn-in 500 --runs 5", "the same in seconds, with larger errors"),
        new("partition runs/first --method ais --set partition-betas=10000", "one method with other settings"))
    {
        Methods, Short.Select(o => o.Option), Set, Seed, AsJson, Of.All,
    }.Doing(Run);

    private static int Run(ParseResult parsed)
    {
        using var interrupt = new Interrupt("stopping; press Ctrl-C again to quit at once");
        using var experiment = Of.Load(parsed);
        var machine = (experiment.Model as IHasBoltzmannPrior)?.Prior
            ?? throw new InputException($"{Of.Folder(parsed)}: its model has no Boltzmann machine as prior, so that there is no partition function to estimate");
        var methods = Create(parsed, parsed.GetValue(Methods) is { Length: > 0 } chosen ? chosen : Standard(machine));

        var seed = parsed.GetValue(Seed) ?? experiment.Options.Seed;
        using var rng = new Generator(Seeds.Derive(seed, "partition function"));
        PartitionEstimate[] estimates = [];
        Show(parsed, progress => estimates = [.. PartitionComparison.Estimate(methods, machine, rng, progress, interrupt.Token)]);
        if (parsed.GetValue(AsJson)) Json.Write(ToJson(experiment, machine, seed, estimates));
        else Print(experiment, machine, seed, estimates);
        return Application.Success;
    }

    private static Option<string?> Setting(string name, string description) => new(name) { Description = description, HelpName = "N" };

    private static PartitionEstimator[] Create(ParseResult parsed, string[] names)
    {
        var given = Short.Where(o => parsed.GetValue(o.Option) is not null).ToList();
        try
        {
            var settings = new Settings([.. given.Select(o => KeyValuePair.Create(o.Setting, parsed.GetValue(o.Option)!)), .. (parsed.GetValue(Set) ?? []).Select(CommonOptions.ParseSetting)]);
            PartitionEstimator[] methods = [.. names.Select(n => PartitionCatalog.All.Find(n).Create(settings))];
            RequireRead(settings, names);
            return methods;
        }
        catch (InputException error)
        {
            // By the name that was typed.
            throw new InputException(given.Aggregate(error.Message, (text, o) => text.Replace($"setting '{o.Setting}'", o.Option.Name, StringComparison.Ordinal)), error);
        }
    }

    // A setting that other methods have is not unknown.
    private static void RequireRead(Settings settings, string[] names)
    {
        foreach (var (key, _) in settings.Given.Where(g => settings.Resolved.All(r => r.Key != g.Key)))
            if (PartitionCatalog.All.Where(m => Reads(m, key)).Select(m => m.Name).ToList() is { Count: > 0 } others)
                throw new InputException($"setting '{key}' is for --method {string.Join(" or ", others)}, not for {string.Join(", ", names)}: leave it out, or choose such a method");
        settings.EnsureAllRead();
    }

    private static bool Reads(PartitionEntry method, string key)
    {
        var settings = new Settings();
        method.Create(settings);
        return settings.Resolved.Any(s => s.Key == key);
    }

    private static string[] Standard(BoltzmannMachine machine) =>
        new AutomaticPartition(new AnnealedImportanceSampling()).For(machine) is ExactPartition ? ["exact"] : ["ais", "bar", "mbar"];

    private static void Show(ParseResult parsed, Action<Action<PartitionProgress>?> work)
    {
        if (!Terminal.IsInteractive || parsed.GetValue(AsJson))
        {
            work(null);
            return;
        }

        Terminal.Out.Progress().AutoClear(true).Start(context =>
        {
            var tasks = new Dictionary<string, ProgressTask>();
            work(p =>
            {
                if (!tasks.TryGetValue(p.Phase, out var task)) tasks[p.Phase] = task = context.AddTask(p.Phase, maxValue: p.Total);
                task.Value = p.Done;
            });
        });
    }

    private static void Print(Experiment experiment, BoltzmannMachine machine, ulong seed, PartitionEstimate[] estimates)
    {
        var table = Terminal.Table("log Z, nats", "estimate", "std. error", "what it is made of");
        foreach (var column in table.Columns.Skip(1).Take(2)) column.RightAligned();
        foreach (var e in estimates)
            table.AddRow(new Text(e.Method), new Markup($"[bold]{Number(e.LogPartition, "F4")}[/]"), new Text(e.IsExact ? "exact" : e.HasKnownError ? Number(e.StandardError, "F4") : "unknown"), new Text(Details(e)));
        Terminal.Write(table);
        if (estimates.Length > 1) Terminal.Out.WriteLine(Agreement(estimates));
        RunText.Pairs(
            ("machine", Size(machine)),
            ("conditions", $"{RunReport.Conditions(experiment)}; samples of seed {seed}"),
            ("log-likelihoods", "are log weights less log Z: an estimate that is too large makes them too small, and one by ais is too small on average"));
    }

    private static string Details(PartitionEstimate e) => e switch
    {
        { Annealing: { } a } => $"{Format.Of(a.Chains)} chains, worth {Number(a.EffectiveChains, "F0")}; {Format.Of(a.Betas)} betas",
        { Tempering: { } t } => $"{t.Runs.Count} runs of {Format.Of(t.Sweeps)} sweeps, {t.Betas.Count} betas, exchange rates {Number(t.ExchangeRates.Min(), "F2")} to {Number(t.ExchangeRates.Max(), "F2")}, "
            + $"{Format.Of(t.RoundTrips.Sum())} round trips, autocorrelation up to {Number(t.AutocorrelationTimes.Max(), "F0")} sweeps",
        _ => "all states of one side",
    };

    // The errors of estimates from the same samples are not independent: of these the difference says little.
    private static string Agreement(PartitionEstimate[] estimates)
    {
        var pairs =
            from i in Enumerable.Range(0, estimates.Length)
            from j in Enumerable.Range(i + 1, estimates.Length - i - 1)
            let one = estimates[i]
            let other = estimates[j]
            where (one.Tempering is null) != (other.Tempering is null)
            let difference = one.LogPartition - other.LogPartition
            let error = Math.Max(double.Hypot(one.StandardError, other.StandardError), 1e-12)
            let size = double.IsFinite(error) ? $"{Number(Math.Abs(difference) / error, "F1")} standard errors" : "of unknown error"
            select $"{one.Method} - {other.Method} = {Number(difference, "+0.0000;-0.0000")}, {size}";
        return string.Join("; ", pairs);
    }

    private static string Size(BoltzmannMachine machine) =>
        machine is RestrictedBoltzmannMachine { Left: var left, Right: var right } ? $"{left} x {right} units, restricted" : $"{machine.Units} units";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static JsonObject ToJson(Experiment experiment, BoltzmannMachine machine, ulong seed, PartitionEstimate[] estimates) => new()
    {
        ["conditions"] = RunReport.Conditions(experiment),
        ["machine"] = Size(machine),
        ["seed"] = seed,
        ["estimates"] = new JsonArray([.. estimates.Select(e => e.ToJson())]),
    };
}
