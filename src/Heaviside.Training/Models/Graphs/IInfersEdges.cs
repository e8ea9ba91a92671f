using Heaviside.Data;

namespace Heaviside.Models.Graphs;

/// <summary>A model that infers the types of edges between objects from their trajectories.</summary>
public interface IInfersEdges
{
    /// <summary>How many types of edges there are, K.</summary>
    int EdgeTypes { get; }

    /// <summary>The most probable graph, and how probable each type is: of trees and of a given number of edges, its share in the law without Gumbel noise.</summary>
    /// <param name="batch">The trajectories.</param>
    /// <returns>Types <c>[B, E]</c>, whole numbers from 0, and probabilities <c>[B, E, K]</c>, of ordered pairs row by row over (receiver, sender).</returns>
    (Tensor Types, Tensor Probabilities) InferEdges(Batch batch);
}
