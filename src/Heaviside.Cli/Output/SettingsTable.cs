using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>The settings that a component has read, with their defaults.</summary>
internal static class SettingsTable
{
    internal static void Write(Settings settings, string command = "train") => Write(new OptionTable(settings.Resolved), command);

    internal static void Write(OptionTable options, string command = "train")
    {
        if (options.Rows.Count == 0)
        {
            Terminal.Out.WriteLine("  It has no settings.");
            return;
        }

        var table = Terminal.Table("setting", "default", "meaning", "values");
        foreach (var (s, condition) in options.Rows)
            table.AddRow([.. new[] { s.Key, s.Default, condition is null ? s.Description : $"{condition}: {s.Description}", s.Range }.Select(Markup.Escape)]);
        Terminal.Write(table);
        Terminal.Out.WriteLine($"  Set them with: {HostProgram.Name} {command} --set setting=value");
    }

    internal static JsonArray ToJson(Settings settings) => ToJson(new OptionTable(settings.Resolved));

    internal static JsonArray ToJson(OptionTable options) => new([.. options.Rows.Select(s => new JsonObject
    {
        ["key"] = s.Setting.Key,
        ["default"] = s.Setting.Default,
        ["description"] = s.Setting.Description,
        ["condition"] = s.Condition,
        ["values"] = s.Setting.Range,
    })]);
}
