using System.CommandLine;
using Heaviside.Cli.Options;
using Heaviside.Cli.Output;
using Heaviside.Data;

namespace Heaviside.Cli.Benchmarks;

/// <summary>What a benchmark is asked for, and the options that several of them have.</summary>
internal sealed class BenchmarkRequest(ParseResult parsed)
{
    private const string NoPeer = "none";
    private static readonly PeerKind[] OfTorch = [PeerKind.TorchSharp, PeerKind.PyTorch];

    internal static readonly Option<int> RoundsOption = CheckedOption.Whole("--rounds", "Turns of each side", 1, 10_000, 7);
    internal static readonly Option<int> StepsOption = CheckedOption.Whole("--steps", "Training steps, per turn where there are turns", 1, 100_000_000, 100);
    internal static readonly Option<string?> DataDirOption = CommonOptions.DataDir(), DeviceOption = CommonOptions.Device();
    internal static readonly Option<bool> JsonOption = CommonOptions.Json("Print one JSON object for each table");
    internal static readonly Option<string[]> PeersOption = CheckedOption.Choices(
        "--peer", "NAME", "What to compare with: torchsharp, pytorch (where a python3 has torch) or both, or none [default: torchsharp]",
        [.. OfTorch.Select(PeerVersion.KeyOf), NoPeer]);

    /// <summary>Latent shapes to measure with, which several benchmarks have.</summary>
    internal static readonly Option<string[]> LatentsOption =
        new("--latents") { Description = "Latents to measure with [default: 30x10 100x2]", HelpName = "NxK", AllowMultipleArgumentsPerToken = true };

    /// <summary>How often each side has its turn.</summary>
    internal int Rounds => parsed.GetValue(RoundsOption);

    /// <summary>How many steps a turn has.</summary>
    internal int Steps => parsed.GetValue<int>(StepsOption.Name);

    /// <summary>Whether a program reads what is printed.</summary>
    internal bool AsJson => parsed.GetValue(JsonOption);

    /// <summary>Where data sets may be.</summary>
    internal DataFolders Folders => DataFolders.Standard(parsed.GetValue(DataDirOption));

    /// <summary>Where to compute.</summary>
    internal Device Device => parsed.GetValue(DeviceOption) is { } text ? Training.ComputeDevice.Parse(text).Torch : torch.CPU;

    /// <summary>Those to compare with.</summary>
    internal IReadOnlyList<PeerKind> Peers => parsed.GetValue(PeersOption) switch
    {
        null or [] => [PeerKind.TorchSharp],
        [NoPeer] => [],
        var names when names.Contains(NoPeer) => throw new InputException($"{PeersOption.Name} none stands alone, not with {string.Join(", ", names.Where(n => n != NoPeer))}"),
        var names => [.. OfTorch.Where(kind => names.Contains(PeerVersion.KeyOf(kind)))],
    };

    /// <summary>The value of a benchmark's own option.</summary>
    internal T? Value<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The values of a benchmark's own option, or what stands for none.</summary>
    internal T[] Values<T>(Option<T[]> option, params T[] fallback) => parsed.GetValue(option) is { Length: > 0 } given ? given : fallback;

    /// <summary>Says that a round is over.</summary>
    internal void Report(string what, int round) => ErrorOutput.WriteLine($"{what}: round {round} of {Rounds}");
}
