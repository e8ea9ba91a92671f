using System.Text.Json.Nodes;
using Heaviside.Configuration;
using Spectre.Console;

namespace Heaviside.Cli.Output;

/// <summary>The settings that a component has read, with their defaults.</summary>
internal static class SettingsTable
{
    internal static void Write(Settings settings, string command = "train")
    {
        if (settings.Resolved.Count == 0)
        {
            Terminal.Out.WriteLine("  It has no settings.");
            return;
        }

        var table = Terminal.Table("setting", "default", "meaning", "values");
        foreach (var s in settings.Resolved) table.AddRow([.. new[] { s.Key, s.Default, s.Description, s.Range }.Select(Markup.Escape)]);
        Terminal.Write(table);
        Terminal.Out.WriteLine($"  Set them with: {HostProgram.Name} {command} --set setting=value");
    }

    internal static JsonArray ToJson(Settings settings) => new([.. settings.Resolved.Select(s => new JsonObject
    {
        ["key"] = s.Key,
        ["default"] = s.Default,
        ["description"] = s.Description,
        ["values"] = s.Range,
    })]);
}
