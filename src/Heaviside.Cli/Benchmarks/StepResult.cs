using System.Text.Json.Nodes;
using Heaviside.Cli.Output;
using Spectre.Console;

namespace Heaviside.Cli.Benchmarks;

/// <summary>The times of a table's works, for a person or a program.</summary>
internal sealed record StepResult(
    WorkTable Table, BenchmarkRequest Request, string Data, IReadOnlyList<PeerVersion> Peers, IReadOnlyList<WorkTimes> Works, IReadOnlyList<(string Name, string Reason)> LeftOut)
{
    private readonly int threads = torch.get_num_threads();

    /// <summary>The table with the conditions above it.</summary>
    internal void Print()
    {
        string[] units = [.. Works.Select(w => w.Work.Unit).OfType<string>().Distinct()];
        string[] parts = [.. Works.SelectMany(w => w.Parts).Select(p => p.Part.Name).Distinct()];
        var (hasLatents, hasAims) = (Works.Any(w => w.Work.Latents is not null), Works.Any(w => w.Work.Aim is not null));
        string[] headers =
        [
            .. If(hasLatents, "latents"), Table.Header, "ms", .. parts, .. If(units.Length == 1, $"x {units.FirstOrDefault()}"), .. If(units.Length > 1, "x", "unit"),
            .. If(units.Length > 0, "of rounds"), .. If(hasAims, "aim"), .. ComparedTimes.Headers(Peers),
        ];
        var table = Terminal.Table(headers);
        foreach (var (column, header) in table.Columns.Zip(headers).Where(c => c.Second != "latents" && c.Second != Table.Header && c.Second != "unit")) column.RightAligned();
        foreach (var work in Works)
        {
            var ratio = InUnits(work);
            string[] cells =
            [
                .. If(hasLatents, work.Work.Latents ?? ""), work.Work.Name, $"{work.Times.Ours.Median * 1e3:F2}",
                .. parts.Select(name => work.Parts.Where(p => p.Part.Name == name).Select(p => Cell(work, p.Part, p.Times)).FirstOrDefault() ?? ""),
                .. If(units.Length > 0, ratio is { } r ? $"{r.Median:F2}" : ""), .. If(units.Length > 1, work.Work.Unit ?? ""), .. If(units.Length > 0, ratio?.Range ?? ""),
                .. If(hasAims, work.Work.Aim is { } aim ? $"{aim:F1}" : ""), .. work.Times.Cells(Peers),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        Terminal.Out.WriteLine($"Training steps of {Table.What}, batch {Table.Batch}: medians of {Request.Rounds} rounds of {Request.Steps} steps in turns on "
            + $"{(Request.Device.type == DeviceType.CPU ? "one core" : $"{Request.Device}")}, threads: {threads}; data: {Data}; libtorch {Machine.LibtorchVersion}, {PeerProcesses.Describe(Peers)}.");
        Terminal.Write(table);
        foreach (var (name, reason) in LeftOut) Terminal.Out.WriteLine($"left out: {name}: {reason}");
    }

    /// <summary>The same for a program.</summary>
    internal JsonObject ToJson() => new()
    {
        ["what"] = Table.What,
        ["device"] = Request.Device.ToString(),
        ["batch"] = Table.Batch,
        ["threads"] = threads,
        ["rounds"] = Request.Rounds,
        ["steps"] = Request.Steps,
        ["data"] = Data,
        ["libtorch"] = Machine.LibtorchVersion,
        ["peer-versions"] = PeerProcesses.ToJson(Peers),
        ["works"] = new JsonArray([.. Works.Select(ToJson)]),
        ["left-out"] = new JsonArray([.. LeftOut.Select(e => new JsonObject { ["name"] = e.Name, ["reason"] = e.Reason })]),
    };

    private JsonObject ToJson(WorkTimes work)
    {
        var json = new JsonObject { ["latents"] = work.Work.Latents, ["name"] = work.Work.Name, ["ours-ms"] = work.Times.Ours.Median * 1e3 };
        foreach (var (part, times) in work.Parts)
        {
            json[$"{Key(part)}-ms"] = times.Median * 1e3;
            json[$"{Key(part)}-share"] = times.Median / work.Times.Ours.Median;
            if (part.Operations > 0) json[$"{Key(part)}-gigaflop-per-second"] = part.Operations / times.Median / 1e9;
        }

        if (InUnits(work) is { } ratio)
        {
            (json["unit"], json["aim"]) = (work.Work.Unit, work.Work.Aim);
            (json["times-unit"], json["times-unit-least"], json["times-unit-most"]) = (ratio.Median, ratio.Least, ratio.Most);
        }

        json["peers"] = work.Times.PeersToJson();
        return json;
    }

    // Null for a work without a unit, and where that was left out.
    private Ratio? InUnits(WorkTimes work) =>
        Works.FirstOrDefault(w => w.Work.Latents == work.Work.Latents && w.Work.Name == work.Work.Unit) is { } unit ? Ratio.Of(work.Times.Ours, unit.Times.Ours) : null;

    private static string Cell(WorkTimes work, WorkPart part, StepTimes times) =>
        $"{times.Median * 1e3:F2} ({times.Median / work.Times.Ours.Median:P0} of ours{(part.Operations > 0 ? $", {part.Operations / times.Median / 1e9:F0} GFLOP/s" : "")})";

    private static string Key(WorkPart part) => part.Name.Replace(' ', '-');

    private static string[] If(bool condition, params string[] cells) => condition ? cells : [];
}
