
namespace Heaviside.Estimators;

/// <summary>An objective given by a network: it may be evaluated, and differentiated, at relaxed points.</summary>
public sealed class DifferentiableObjective(Func<Tensor, Tensor> f) : Objective, IDifferentiableObjective
{
    /// <inheritdoc/>
    protected override Tensor ValueAt(Tensor points) => f(points);
}
