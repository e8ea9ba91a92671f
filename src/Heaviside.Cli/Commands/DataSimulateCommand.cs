using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Data;
using Heaviside.Data.Simulated;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside data simulate</c>: one subcommand for every simulator, with its options.</summary>
internal static class DataSimulateCommand
{
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");

    internal static Command Create()
    {
        var simulate = new CommandWithExamples(
            "simulate",
            "Simulates a data set ahead of training; what was stopped goes on where it was.",
            new("data simulate springs", "into the user's cache folder"),
            new("data simulate springs --objects 5 --train 50000", "with more to learn from"));
        foreach (var entry in DataCatalog.All.OfType<SimulatedEntry>()) simulate.Add(Of(entry));
        return simulate;
    }

    private static Command Of(SimulatedEntry entry)
    {
        // Each is a setting of the same name.
        Option[] options = [.. OptionTable.Of(entry.CreateSource).Rows.Select(r => ToOption(r.Setting))];
        return new CommandWithExamples(
            entry.Name,
            $"Makes {entry.Summary}.",
            new($"data simulate {entry.Name}", "as many as training asks for by default"),
            new($"data simulate {entry.Name} --train 50000 --validation 10000 --test 10000", "as many as papers have"),
            new($"data simulate {entry.Name} --objects 10 --frames 20 --json", "others, for a program"))
        {
            options, AsJson,
        }.Doing(parsed => Run(parsed, entry, options));
    }

    private static Option ToOption(Setting setting)
    {
        var (name, description) = ($"--{setting.Key}", char.ToUpperInvariant(setting.Description[0]) + setting.Description[1..]);
        return setting.Default == "false"
            ? CheckedOption.Switch(name, description)
            : new Option<string?>(name) { Description = $"{description}: {setting.Range} [default: {setting.Default}]", HelpName = "N" };
    }

    private static int Run(ParseResult parsed, SimulatedEntry entry, Option[] options)
    {
        var source = Read(entry, options.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => (o.Name, o is Option<string?> text ? parsed.GetValue(text)! : "true")));
        using var interrupt = new Interrupt("stopping; press Ctrl-C again to quit at once");
        var simulated = DataSimulation.Make(source, interrupt.Token);
        if (parsed.GetValue(AsJson)) Json.Write(ToJson(source, simulated));
        else Print(source, simulated);
        return Application.Success;
    }

    private static SimulatedTrajectories Read(SimulatedEntry entry, IEnumerable<(string Option, string Value)> given)
    {
        var options = given.ToList();
        try
        {
            return new Settings(options.Select(o => KeyValuePair.Create(o.Option[2..], o.Value))).Fill(entry.CreateSource());
        }
        catch (InputException error)
        {
            // By the name that was typed.
            throw new InputException(options.Aggregate(error.Message, (text, o) => text.Replace($"setting '{o.Option[2..]}'", o.Option, StringComparison.Ordinal)), error);
        }
    }

    private static void Print(SimulatedTrajectories source, SimulatedNow now)
    {
        var plan = source.Plan;
        RunText.Pairs([
            ("data", $"{plan.Name} of {plan.Simulator.Objects} objects, seed {plan.Seed}"),
            .. plan.Parts.Select(p => (Word(p), $"{Format.Of(p.Count)} of {p.Frames} frames")),
            ("simulated", now.Made == 0
                ? "nothing: all are there already"
                : $"{Format.Of(now.Made)} of {Format.Of(plan.Count)} in {Format.Duration(now.Seconds)}, {Format.Short(now.PerSecond)} per second on {Environment.ProcessorCount} cores"),
            ("files", source.Cache.FolderOf(plan)),
            ("size", $"{Format.Of(source.Cache.Bytes(plan))} bytes"),
        ]);
    }

    private static JsonObject ToJson(SimulatedTrajectories source, SimulatedNow now)
    {
        var plan = source.Plan;
        return new()
        {
            ["name"] = plan.Name,
            ["folder"] = source.Cache.FolderOf(plan),
            ["bytes"] = source.Cache.Bytes(plan),
            ["parts"] = new JsonArray([.. plan.Parts.Select(p => new JsonObject { ["part"] = Word(p), ["simulations"] = p.Count, ["frames"] = p.Frames })]),
            ["simulations"] = plan.Count,
            ["made"] = now.Made,
            ["seconds"] = now.Seconds,
            ["per-second"] = now.Made == 0 ? null : now.PerSecond,
        };
    }

    private static string Word(SimulatedPart part) => $"{part.Split}".ToLowerInvariant();
}
