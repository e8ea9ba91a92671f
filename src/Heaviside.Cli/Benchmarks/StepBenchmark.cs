using System.CommandLine;
using Heaviside.Cli.Output;

namespace Heaviside.Cli.Benchmarks;

/// <summary>A benchmark of training steps, on images unless it says otherwise: ours and the peers' in turns on one core.</summary>
internal abstract class StepBenchmark : Benchmark
{
    /// <inheritdoc/>
    internal sealed override IReadOnlyList<Option> Options =>
    [
        .. Own, BenchmarkRequest.RoundsOption, Steps, .. HasPeers ? [BenchmarkRequest.PeersOption] : Array.Empty<Option>(),
        .. ReadsImages ? [BenchmarkRequest.DataDirOption] : Array.Empty<Option>(), BenchmarkRequest.JsonOption,
    ];

    /// <summary>The options that it has beside those of all.</summary>
    protected abstract IReadOnlyList<Option> Own { get; }

    /// <summary>Whether peers make the same steps.</summary>
    protected virtual bool HasPeers => true;

    /// <summary>Whether it trains on images of a data set.</summary>
    protected virtual bool ReadsImages => true;

    /// <summary>Steps of each side before it is timed.</summary>
    protected virtual int WarmUp => 50;

    /// <summary>How many steps a turn has.</summary>
    protected virtual Option<int> Steps => BenchmarkRequest.StepsOption;

    /// <summary>What is measured; all of it is read before anything is.</summary>
    protected abstract IReadOnlyList<WorkTable> Tables(BenchmarkRequest request);

    /// <inheritdoc/>
    internal sealed override void Run(BenchmarkRequest request)
    {
        foreach (var table in Tables(request))
        {
            var result = Measure(table, request);
            if (request.AsJson) Json.Write(result.ToJson());
            else result.Print();
        }
    }

    private StepResult Measure(WorkTable table, BenchmarkRequest request)
    {
        using var scope = torch.NewDisposeScope();
        using var core = request.Device.type == DeviceType.CPU ? OneCore.Take() : null;
        using var examples = table.Read(request);
        using var peers = PeerProcesses.Start(
            HasPeers ? request.Peers : [], core, Name, "--data", examples.File, "--pixels", $"{examples.Size}", "--batch", $"{table.Batch}", "--device", $"{request.Device}");
        var data = new WorkData(examples, table.Batch, request.Device);
        var works = new List<WorkTimes>();
        var leftOut = new List<(string Name, string Reason)>();
        foreach (var work in table.Works)
        {
            try
            {
                works.Add(new(work, data, peers, WarmUp));
            }
            catch (UnsupportedException error)
            {
                leftOut.Add((work.Name, error.Message));
            }
        }

        for (var round = 1; round <= request.Rounds; round++)
        {
            foreach (var work in works) work.Turn(request.Steps);
            request.Report($"{table.What}, batch {table.Batch}", round);
        }

        foreach (var work in works) work.Dispose();
        return new(table, request, examples.Source, peers.Versions, works, leftOut);
    }
}
