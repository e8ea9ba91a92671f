using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Heaviside.Configuration;
using Heaviside.Files;
using Heaviside.Simulators;

namespace Heaviside.Data.Simulated;

/// <summary>Keeps simulations in files, part by part, so that they are made once, and one that was killed goes on.</summary>
/// <remarks>A part is written all or nothing, with the options that it belongs to and a checksum: one that is missing, damaged or of other options is
/// made anew. Where nothing can be written, simulations are made every time.</remarks>
/// <param name="folder">Where the files are, made when it is needed.</param>
internal sealed class SimulationCache(string folder)
{
    /// <summary>How many simulations a file has at most.</summary>
    internal const int PartSize = 4096;

    private const string Key = "simulation", Sum = "sha256";

    /// <summary>The cache of the user, beside the data that were fetched.</summary>
    public static SimulationCache OfUser => new(Path.Combine(DataFolders.Cache, "simulations"));

    /// <summary>Reads simulations, and makes those that are not there.</summary>
    /// <param name="simulator">What makes them.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="split">The part of the data set.</param>
    /// <param name="count">How many.</param>
    /// <param name="frames">How many frames of each.</param>
    public Trajectories Get(Simulator simulator, string name, ulong seed, Split split, int count, int frames)
    {
        var size = frames * simulator.Objects * simulator.Features.Count;
        var all = new Trajectories(new float[checked(count * size)], new long[checked(count * simulator.Pairs)]);
        var options = string.Join(", ", OptionInfo.In(simulator).Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Name}={o.Get(simulator)}")));
        var key = $"{name} (version 1); {options}; seed={seed}; {split}, {frames} frames".ToLowerInvariant();
        var parts = Path.Combine(folder, $"{name}-{FileSum.OfText(key)[..16]}");
        for (var first = 0; first < count; first += PartSize)
        {
            var length = Math.Min(PartSize, count - first);
            var path = Path.Combine(parts, $"{first}-{first + length - 1}.safetensors");
            if (Read(path, key, length * size, length * simulator.Pairs) is not { } part)
            {
                part = simulator.Run(seed, (int)split, first, length, frames);
                Write(path, key, part, length);
            }

            part.Values.CopyTo(all.Values, first * size);
            part.Edges.CopyTo(all.Edges, first * simulator.Pairs);
        }

        return all;
    }

    private static Trajectories? Read(string path, string key, int values, int edges)
    {
        try
        {
            if (!File.Exists(path) || SafetensorsFile.Read(path) is not { Entries: [var v, var e] } file) return null;
            var isWhole = v.Data.Length == values * sizeof(float) && e.Data.Length == edges
                && file.Metadata.GetValueOrDefault(Key) == key && file.Metadata.GetValueOrDefault(Sum) == SumOf(v.Data.Span, e.Data.Span);
            return isWhole ? new(MemoryMarshal.Cast<byte, float>(v.Data.Span).ToArray(), Array.ConvertAll(e.Data.ToArray(), type => (long)type)) : null;
        }
        catch (InputException)
        {
            return null; // a damaged file: it will be replaced
        }
    }

    private static void Write(string path, string key, Trajectories part, int count)
    {
        var (values, edges) = (MemoryMarshal.AsBytes<float>(part.Values).ToArray(), Array.ConvertAll(part.Edges, type => (byte)type));
        SafetensorsEntry[] entries =
        [
            new(TrajectoryData.Trajectories, "F32", [count, part.Values.Length / count], values),
            new(TrajectoryData.Edges, "U8", [count, part.Edges.Length / count], edges),
        ];
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            SafetensorsFile.Write(path, entries, new Dictionary<string, string> { [Key] = key, [Sum] = SumOf(values, edges) });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full or read-only disk, or another process that writes the same part: what was simulated is used all the same.
        }
    }

    private static string SumOf(ReadOnlySpan<byte> values, ReadOnlySpan<byte> edges)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(values);
        hash.AppendData(edges);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
