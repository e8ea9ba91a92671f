
namespace Heaviside.Distributions;

/// <summary>A law with a most probable value.</summary>
public interface IHasMode
{
    /// <summary>The most probable value, the first of several. Shape <c>BatchShape + EventShape</c>.</summary>
    Tensor Mode();
}
