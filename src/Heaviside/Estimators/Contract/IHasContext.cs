
namespace Heaviside.Estimators;

/// <summary>An objective that says on what an input-dependent baseline may depend: anything that is known before the latents are drawn.</summary>
public interface IHasContext
{
    /// <summary>The context, such as the centered input; shape <c>[B, C]</c>, without a gradient.</summary>
    Tensor Context { get; }
}
