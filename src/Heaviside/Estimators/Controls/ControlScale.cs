
namespace Heaviside.Estimators.Controls;

/// <summary>How a control variate of mean zero is scaled before it is subtracted, and the variance that results.</summary>
public abstract class ControlScale : Component
{
    /// <summary>For derived classes.</summary>
    protected ControlScale()
        : base(nameof(ControlScale))
    {
    }

    /// <summary>Whether the surrogate of an example has a gradient at that example alone.</summary>
    internal virtual bool SeparatesExamples => true;

    /// <summary>Combines the parts of a gradient with respect to the logits of each layer.</summary>
    /// <param name="parts">For each layer the logits, the score-function part and the control variate.</param>
    /// <param name="f">The objective.</param>
    /// <returns>A surrogate <c>[B]</c> whose gradient is score - scale x control, the mean over the samples; and the mean
    /// square of that gradient, differentiable with respect to the scale and to whatever the parts depend on.</returns>
    internal abstract (Tensor Surrogate, Tensor Variance) Combine(IReadOnlyList<GradientParts> parts, Objective f);
}
