using Heaviside.Data;

namespace Heaviside.Models;

/// <summary>A model whose score is an evidence lower bound: more samples give a tighter one.</summary>
public interface IHasLogWeights
{
    /// <summary>The logarithms of the importance weights of samples from q, such as p(x, b) / q(b | x), in nats: the logarithm
    /// of the mean of S such weights bounds <see cref="TrainableModel.Quantity"/> from below.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="samples">How many samples S.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[S, B]</c>.</returns>
    Tensor LogWeights(Batch batch, int samples, Generator rng);
}
