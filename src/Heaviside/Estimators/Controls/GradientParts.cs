using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators.Controls;

/// <summary>A gradient estimate with respect to the logits of one layer, in two parts; shapes <c>[S, B, N]</c> or <c>[S, B, N, K]</c>.</summary>
/// <param name="Law">The law of the layer; its logits have the history that leads to the parameters.</param>
/// <param name="Score">The score-function part, differentiable with respect to a learned baseline.</param>
/// <param name="Control">The control variate, of mean zero, differentiable with respect to what it learns.</param>
internal sealed record GradientParts(FactorialDistribution Law, Tensor Score, Tensor Control)
{
    /// <summary>The inner product of g with the logits of each example, averaged over the samples: linear in the logits with
    /// g as the coefficients. Shape <c>[B]</c>. Infinite logits count as finite ones, without a gradient.</summary>
    internal Tensor Along(Tensor g)
    {
        var products = g * Law.Logits.clamp(-Precision.Infinite, Precision.Infinite);
        return Shape.SumLast(products, products.shape.Length - 2).mean([0]);
    }
}
