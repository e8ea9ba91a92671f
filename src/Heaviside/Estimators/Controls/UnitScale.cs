
namespace Heaviside.Estimators.Controls;

/// <summary>The control variate as it is; the variance is that of the gradient with respect to the logits of each layer.</summary>
public sealed class UnitScale : ControlScale
{
    /// <inheritdoc/>
    internal override (Tensor Surrogate, Tensor Variance) Combine(IReadOnlyList<GradientParts> parts, Objective f) => Combine(parts);

    /// <summary>Combines parts that are scaled already.</summary>
    internal static (Tensor Surrogate, Tensor Variance) Combine(IEnumerable<GradientParts> parts) =>
        parts.Select(p =>
        {
            var g = p.Score - p.Control;
            return (Surrogate: p.Along(g.detach()), Variance: g.square().mean());
        }).Aggregate((a, b) => (a.Surrogate + b.Surrogate, a.Variance + b.Variance));
}
