using Heaviside.Data;

namespace Heaviside.Models.Graphs;

/// <summary>A model that predicts how trajectories go on.</summary>
public interface IPredictsFrames
{
    /// <summary>The frames after those that are seen, with the most probable edges, without a gradient.</summary>
    /// <param name="batch">The trajectories.</param>
    /// <param name="frames">How many frames F to predict, 1 or more.</param>
    /// <returns>Shape <c>[B, n, F, D]</c>.</returns>
    Tensor PredictFrames(Batch batch, int frames);
}
