using Heaviside.Priors;

namespace Heaviside.Models;

/// <summary>A model whose prior is known up to its partition function: its bounds need an estimate of log Z.</summary>
/// <remarks>Whoever evaluates the model estimates log Z of the present parameters first, sets it, and adds that estimate's error to its own.</remarks>
public interface IHasBoltzmannPrior
{
    /// <summary>The prior.</summary>
    BoltzmannMachine Prior { get; }

    /// <summary>log Z in nats, as the model's bounds subtract it: the last estimate, of the parameters of that time.</summary>
    double LogPartition { get; set; }

    /// <summary>The mean images of the states that chains of the prior pass through.</summary>
    /// <param name="chains">The number of chains, C, which begin at states that the chains of the training have.</param>
    /// <param name="sweeps">After how many sweeps a state is taken, n numbers that do not decrease.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <returns>Shape <c>[C, n, D]</c>, in [0, 1].</returns>
    Tensor GenerateAlong(int chains, IReadOnlyList<long> sweeps, Generator rng);
}
