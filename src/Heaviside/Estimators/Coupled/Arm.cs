using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Augment-REINFORCE-merge: f at an antithetic pair of samples, weighted with the noise that made them.</summary>
/// <remarks>
/// <para>Approximates d/dlogit_i E[f(b)] with the mean over S pairs of (f(b1) - f(b2)) (u_i - 1/2), where b1 = 1[u > 1 - p]
/// and b2 = 1[u &lt; p]; requires bits, and nothing of f. A constant in f changes no draw.</para>
/// <para><see cref="DisArm"/> has the same cost and never more variance; this one is here for comparison.</para>
/// <para>Shapes: with L layers and P = 2 S L, f is evaluated at [P, B, ...] as one batch; Value is [P, B].</para>
/// <para>Reference: Yin, Zhou 2018, arXiv:1807.11143, also for several layers.</para>
/// </remarks>
public sealed class Arm : AntitheticEstimator
{
    // u - 1/2 = sigmoid(e) - 1/2 = tanh(e / 2) / 2
    /// <inheritdoc/>
    protected override Tensor Weight(Bernoulli law, Tensor noise, Tensor b1, Tensor b2) => (noise / 2).tanh() / 2;
}
