
namespace Heaviside.Estimators;

/// <summary>An objective known at hard points only, such as the cost of a program's answer.</summary>
public sealed class BlackBoxObjective(Func<Tensor, Tensor> f) : Objective
{
    /// <inheritdoc/>
    protected override Tensor ValueAt(Tensor points) => f(points);
}
