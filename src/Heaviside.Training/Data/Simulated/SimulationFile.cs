using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Heaviside.Files;
using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>A file of simulations, with all that decides its bits and a checksum.</summary>
internal static class SimulationFile
{
    private const string Key = "simulation", Sum = "sha256";

    /// <summary>Reads a file; null where it is not there, damaged or of something else.</summary>
    public static Trajectories? Read(string path, SimulationBlock block)
    {
        try
        {
            if (!File.Exists(path) || SafetensorsFile.Read(path) is not { Entries: [var v, var e] } file) return null;
            var isWhole = v.Data.Length == block.Count * block.Size * sizeof(float) && e.Data.Length == block.Count * block.Plan.Simulator.Pairs
                && file.Metadata.GetValueOrDefault(Key) == block.Key && file.Metadata.GetValueOrDefault(Sum) == SumOf(v.Data.Span, e.Data.Span);
            return isWhole ? new(MemoryMarshal.Cast<byte, float>(v.Data.Span).ToArray(), Array.ConvertAll(e.Data.ToArray(), type => (long)type)) : null;
        }
        catch (InputException)
        {
            return null; // a damaged file: it will be replaced
        }
    }

    /// <summary>Writes a file, all or nothing.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, SimulationBlock block, Trajectories made)
    {
        var (values, edges) = (MemoryMarshal.AsBytes<float>(made.Values).ToArray(), Array.ConvertAll(made.Edges, type => (byte)type));
        SafetensorsEntry[] entries =
        [
            new(TrajectoryData.Trajectories, "F32", [block.Count, block.Size], values),
            new(TrajectoryData.Edges, "U8", [block.Count, block.Plan.Simulator.Pairs], edges),
        ];
        SafetensorsFile.Write(path, entries, new Dictionary<string, string> { [Key] = block.Key, [Sum] = SumOf(values, edges) });
    }

    private static string SumOf(ReadOnlySpan<byte> values, ReadOnlySpan<byte> edges)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(values);
        hash.AppendData(edges);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
