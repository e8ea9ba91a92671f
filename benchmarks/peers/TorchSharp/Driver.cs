using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Heaviside.Peers;

/// <summary>Steps on demand, timed, over standard input and output: the protocol of the peers in Python, see driver.py.</summary>
/// <remarks>
/// A line "run N WORK" makes N steps of a work and answers with one line of JSON, the seconds that each took; "losses N WORK"
/// answers with the losses; an empty line ends. The first line of output says which TorchSharp this is.
/// </remarks>
internal sealed class Driver(CreateWork create, IReadOnlyList<string> works)
{
    private const int Seed = 1;

    private readonly Dictionary<string, IWork> made = [];
    private readonly Dictionary<string, int> done = [];
    private Tensor[] batches = [];
    private Tensor pixelMeans = null!;

    /// <summary>Answers until the input ends.</summary>
    /// <param name="options">--data FILE of float32 images, --pixels N, --batch N, --device DEVICE; without --data the batch is empty.</param>
    internal void Serve(string[] options)
    {
        var given = options.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        set_num_threads(1);
        Read(given);
        WriteLine(new JsonObject { ["torch"] = Version, ["works"] = new JsonArray([.. works]) });
        while (Console.In.ReadLine() is { } line && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var what, var steps, var work])
        {
            var (seconds, losses) = Make(int.Parse(steps), work);
            WriteLine(what == "losses" ? new JsonArray([.. losses]) : new JsonArray([.. seconds]));
        }
    }

    private static string Version
    {
        get
        {
            var own = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
            return $"{own} (libtorch {__version__})";
        }
    }

    private static void WriteLine(JsonNode node)
    {
        Console.Out.WriteLine(node.ToJsonString());
        Console.Out.Flush();
    }

    private (double[] Seconds, double?[] Losses) Make(int steps, string name)
    {
        if (!made.TryGetValue(name, out var work))
        {
            manual_seed(Seed);
            made[name] = work = create(name, pixelMeans);
            done[name] = 0;
        }

        var (seconds, losses) = (new double[steps], new double?[steps]);
        for (var i = 0; i < steps; i++)
        {
            var x = batches[done[name]++ % batches.Length];
            var start = Stopwatch.GetTimestamp();
            losses[i] = work.Step(x);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return (seconds, losses);
    }

    private void Read(Dictionary<string, string> given)
    {
        if (!given.TryGetValue("--data", out var file))
        {
            (pixelMeans, batches) = (empty(0), [empty(0)]);
            return;
        }

        var (pixels, batch) = (int.Parse(given["--pixels"]), int.Parse(given["--batch"]));
        var values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
        var images = tensor(values, [values.Length / pixels, pixels], device: device(given.GetValueOrDefault("--device", "cpu")));
        pixelMeans = images.mean([0]);
        batches = [.. images.split(batch).Where(b => b.shape[0] == batch)];
    }
}
