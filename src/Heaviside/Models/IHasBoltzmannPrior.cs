using Heaviside.Priors;

namespace Heaviside.Models;

/// <summary>A model whose prior is known up to its partition function: its bounds need an estimate of log Z.</summary>
/// <remarks>Whoever evaluates the model estimates log Z of the present parameters first, and adds that estimate's error to its own.</remarks>
public interface IHasBoltzmannPrior
{
    /// <summary>The prior.</summary>
    BoltzmannMachine Prior { get; }

    /// <summary>log Z in nats, as the model's bounds subtract it: the last estimate, of the parameters of that time.</summary>
    double LogPartition { get; set; }
}
