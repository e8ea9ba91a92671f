using Heaviside.Data;
using Heaviside.Networks.Graphs;

namespace Heaviside.Models.Graphs;

/// <summary>What models of graphs must know of trajectories, and batches as they see them.</summary>
internal sealed class GraphData
{
    private GraphData(TrajectoryData data)
    {
        (Pairs, Frames, Features, Types) = (new(data.Objects), data.Frames, data.Features.Count, data.EdgeTypes);
        FutureFrames = data.FutureFrames;
    }

    /// <summary>The ordered pairs of objects.</summary>
    internal ObjectPairs Pairs { get; }

    /// <summary>T, the frames of a trajectory.</summary>
    internal int Frames { get; }

    /// <summary>The frames that follow in the test.</summary>
    internal int FutureFrames { get; }

    /// <summary>D, the numbers that an object has in a frame.</summary>
    internal int Features { get; }

    /// <summary>How many types the true edges have.</summary>
    internal int Types { get; }

    /// <summary>What is known of data.</summary>
    /// <exception cref="InputException">They are no trajectories.</exception>
    internal static GraphData Of(string model, TrainingData data) => data is TrajectoryData trajectories
        ? new(trajectories)
        : throw new InputException($"the model '{model}' is for trajectories of objects, which {data.Name} are not ({data.Source}): choose data such as springs, charged, kuramoto or spanning-trees");

    /// <summary>The trajectories of a batch by object, <c>[B, n, T, D]</c>.</summary>
    internal static Tensor Trajectories(Batch batch) => ByObject(batch[TrajectoryData.Trajectories]);

    /// <summary>Frames <c>[B, T, n, D]</c> by object, <c>[B, n, T, D]</c>.</summary>
    internal static Tensor ByObject(Tensor frames) => frames.transpose(1, 2).contiguous();
}
