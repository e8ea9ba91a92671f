
namespace Heaviside.Distributions;

/// <summary>A discrete law with a mean in closed form.</summary>
public interface IHasMean
{
    /// <summary>The mean of a value: the probabilities of its ones, differentiable. Shape <c>BatchShape + EventShape</c>.</summary>
    Tensor Mean { get; }
}
