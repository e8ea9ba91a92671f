
namespace Heaviside.Estimators.Controls;

/// <summary>One learned scale eta per layer; the variance is that of the gradient with respect to the logits.</summary>
public sealed class LogitScale : ControlScale
{
    private readonly LearnedScale eta;

    /// <summary>A scale of 1 for each layer of the model that <paramref name="input"/> describes.</summary>
    public LogitScale(EstimatorInput input) => eta = this.AddModule("eta", new LearnedScale(input.Layers.Count, input));

    /// <inheritdoc/>
    internal override (Tensor Surrogate, Tensor Variance) Combine(IReadOnlyList<GradientParts> parts, Objective f) =>
        UnitScale.Combine(parts.Select((p, i) => p with { Control = eta[i] * p.Control }));
}
