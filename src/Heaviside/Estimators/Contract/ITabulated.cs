
namespace Heaviside.Estimators;

/// <summary>An objective of a single categorical variable that knows f for all of its classes: what depends on the class alone
/// is computed K times, not K times for every example.</summary>
public interface ITabulated
{
    /// <summary>f for each class of each example, shape <c>[K, B]</c>, differentiable with respect to what f depends on.</summary>
    Tensor Table();
}
