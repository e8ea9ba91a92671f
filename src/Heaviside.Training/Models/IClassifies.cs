using Heaviside.Data;

namespace Heaviside.Models;

/// <summary>A model that says which class an image is of.</summary>
public interface IClassifies
{
    /// <summary>How many classes there are, K.</summary>
    int Classes { get; }

    /// <summary>The logarithms of the probabilities of the classes, in nats.</summary>
    /// <param name="batch">The images.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[B, K]</c>.</returns>
    Tensor LogProbabilities(Batch batch, Generator rng);
}
