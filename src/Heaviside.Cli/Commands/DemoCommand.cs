using System.CommandLine;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Configuration;
using Heaviside.Laboratory;
using Heaviside.Laboratory.Demonstrations;
using Spectre.Console;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside demo</c>.</summary>
internal static class DemoCommand
{
    private const int Reports = 100;

    private static readonly Argument<string?> Name = new("NAME") { Description = "A demonstration [default: list them]", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Steps = new("--steps") { Description = "Training steps", HelpName = "N" };
    private static readonly Option<string?> Seed = new("--seed") { Description = "Seed of everything random", HelpName = "N" };
    private static readonly Option<string[]> Set = new("--set") { Description = "Any setting", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> ShowSettings = CheckedOption.Switch("--settings", "Show the settings it has, and run nothing");
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for numbers and pictures [default: runs/demo-NAME-N]", HelpName = "FOLDER" };
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object a line, for programs");
    private static readonly Option<bool> StopWithInput = CommonOptions.StopWithInput();

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "demo",
            "Runs a small experiment on made-up data that shows what a method does: in seconds, with numbers and pictures. Ctrl-C ends one early and keeps what it has; it cannot be resumed.",
            new("demo", "the demonstrations there are"),
            new("demo toy-regression --set stability=0", "a given mean: all outputs are near it"),
            new("demo toy-regression --set alpha=0.7 --out runs/binary", "the same mean of zeros and ones"),
            new("demo half-space --seed 3", "a function on the plane becomes the indicator of a half-plane"))
        {
            Name, Steps, Seed, Set, ShowSettings, Out, AsJson, StopWithInput,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(Name) is not { } name) return List(parsed.GetValue(AsJson));
            var entry = DemonstrationCatalog.All.Find(name);
            return parsed.GetValue(ShowSettings) ? Describe(entry, parsed.GetValue(AsJson)) : Run(parsed, entry);
        });
        return command;
    }

    private static int Run(ParseResult parsed, DemonstrationEntry entry)
    {
        using var interrupt = new Interrupt("stopping after this step, to write what there is; press Ctrl-C again to quit at once");
        if (parsed.GetValue(StopWithInput)) interrupt.ListenToInput();
        var settings = CommonOptions.Settings(parsed.GetValue(Set), ("steps", parsed.GetValue(Steps)), ("seed", parsed.GetValue(Seed)));
        using var demonstration = entry.Create(settings);
        settings.EnsureAllRead();
        using var folder = new LabFolder(parsed.GetValue(Out) ?? CommonOptions.NumberedFolder($"demo-{entry.Name}"), demonstration.Title, demonstration.Conditions);
        var view = new LabView(parsed.GetValue(AsJson));
        view.WriteHeader(folder);
        long done = 0;
        view.Follow(folder, demonstration.Steps, stepped => demonstration.Run(Math.Max(1, demonstration.Steps / Reports), interrupt.Token, n => stepped(done = n)));
        var isWhole = done >= demonstration.Steps;
        view.Finish(folder, done, demonstration.Steps);
        return isWhole ? Application.Success : throw new OperationCanceledException($"stopped after {done} steps; what there is was written to {folder.Root}");
    }

    private static int List(bool asJson)
    {
        if (asJson)
        {
            Json.Write(new JsonArray([.. DemonstrationCatalog.All.Select(e => new JsonObject { ["name"] = e.Name, ["summary"] = e.Summary })]));
            return Application.Success;
        }

        var table = Terminal.Table("demonstration", "what it shows");
        foreach (var e in DemonstrationCatalog.All) table.AddRow(Markup.Escape(e.Name), Markup.Escape(e.Summary));
        Terminal.Write(table);
        return Application.Success;
    }

    private static int Describe(DemonstrationEntry entry, bool asJson)
    {
        var settings = new Settings();
        entry.Create(settings).Dispose();
        if (asJson) Json.Write(new JsonObject { ["name"] = entry.Name, ["summary"] = entry.Summary, ["settings"] = SettingsTable.ToJson(settings) });
        else SettingsTable.Write(settings, $"demo {entry.Name}");
        return Application.Success;
    }
}
