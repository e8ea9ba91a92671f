using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>ARM without its noise: f at an antithetic pair of samples, weighted with what the noise is on average given the pair.</summary>
/// <remarks>
/// <para>Approximates d/dlogit_i E[f(b)] with the mean over S pairs of (f(b1) - f(b2)) (b1_i - b2_i) / 2 sigmoid(|logit_i|),
/// which is <see cref="Arm"/> averaged over u given b1 and b2; requires bits, and nothing of f. A constant in f changes
/// no draw, and bits on which the pair agrees get no gradient.</para>
/// <para>Shapes: with L layers and P = 2 S L, f is evaluated at [P, B, ...] as one batch; Value is [P, B].</para>
/// <para>References: Dong, Mnih, Tucker 2020, arXiv:2006.10680; found at the same time by Yin, Ho, Yan, Qian, Zhou 2020 as
/// U2G, the unbiased uniform gradient, arXiv:2006.06448. Several layers as in ARM, arXiv:1807.11143.</para>
/// </remarks>
public sealed class DisArm : AntitheticEstimator
{
    /// <inheritdoc/>
    protected override Tensor Weight(Bernoulli law, Tensor noise, Tensor b1, Tensor b2) =>
        (b1 - b2) / 2 * law.Logits.abs().sigmoid();
}
