using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;
using Heaviside.Kernels;

namespace Heaviside.Cli.Commands;

/// <summary><c>heaviside doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> AsJson = CommonOptions.Json("Print one JSON object");
    private static readonly Option<string?> DataDir = CommonOptions.DataDir();

    internal static Command Create()
    {
        var command = new CommandWithExamples(
            "doctor",
            "Shows what this machine has: versions, threads, devices, data sets.",
            new("doctor", "in one screen"),
            new("doctor --json", "for a program or a bug report"))
        {
            DataDir, AsJson,
        };
        command.SetAction(parsed =>
        {
            var folders = DataFolders.Standard(parsed.GetValue(DataDir));
            if (parsed.GetValue(AsJson)) WriteJson(folders);
            else RunText.Pairs([.. Facts(), .. DataCatalog.Sets.Select(e => ($"data {e.Name}", e.Find(folders)?.Folder ?? $"not found; get it with: {e.HowToGet}"))]);
        });
        return command;
    }

    private static (string Name, string Value)[] Facts() =>
    [
        ("heaviside", VersionAction.Version),
        (".NET", Environment.Version.ToString()),
        ("libtorch", Machine.LibtorchVersion),
        ("threads", $"{torch.get_num_threads()} per operator, {Team.Threads} of a training step; set OMP_NUM_THREADS, HEAVISIDE_THREADS for others"),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
        ("processor", $"{Processor()}, {Environment.ProcessorCount} usable"),
        ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB"),
        ("devices", torch.cuda.device_count() is var gpus and > 0 ? $"cpu, {gpus} x cuda" : "cpu"),
    ];

    private static void WriteJson(DataFolders folders)
    {
        var json = new JsonObject();
        foreach (var (name, value) in Facts()) json[name.TrimStart('.').ToLowerInvariant()] = value;
        json["threads"] = new JsonObject { ["operators"] = torch.get_num_threads(), ["training"] = Team.Threads };
        json["cuda-devices"] = torch.cuda.device_count();
        json["data"] = new JsonObject(DataCatalog.Sets.Select(e => KeyValuePair.Create(e.Name, (JsonNode?)e.Find(folders)?.Folder)));
        Json.Write(json);
    }

    private static string Processor()
    {
        const string File = "/proc/cpuinfo", Key = "model name";
        var line = System.IO.File.Exists(File) ? System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
