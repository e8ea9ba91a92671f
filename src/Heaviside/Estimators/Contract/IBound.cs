using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>A lower bound of log p(x) for a batch, as estimators train it: E_q[<see cref="Integrand"/>] less <see cref="Divergence"/>, or the
/// bound of several samples with the logarithm of their weights.</summary>
public interface IBound
{
    /// <summary>q(b | x), of which estimators draw; the first dimension of its batch is the example.</summary>
    DiscreteDistribution Posterior { get; }

    /// <summary>f of the bound of one sample, in nats: log p(x | b), less what of the divergence is estimated with the samples.</summary>
    Objective Integrand();

    /// <summary>log p(x, b) - log q(b | x) in nats, an <see cref="ILogWeight"/>; null where the divergence has a weight that it cannot have inside.</summary>
    Objective? LogWeight();

    /// <summary>The part of the divergence that is in closed form: its mean over the batch with its weight, a scalar of shape <c>[]</c> in nats, with a gradient; null: there is none.</summary>
    Tensor? Divergence();
}
