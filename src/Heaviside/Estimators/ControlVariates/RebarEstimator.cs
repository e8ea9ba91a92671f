using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>A member of the REBAR family: the control variate is f itself, at relaxed samples.</summary>
public abstract class RebarEstimator : RelaxedControlEstimator
{
    /// <inheritdoc/>
    public sealed override bool NeedsDifferentiableObjective => true;

    /// <summary>The temperature lambda; default fixed at 0.1.</summary>
    public Temperature Temperature { get; init => field = this.AddModule("temperature", value); } = Temperature.Fixed(0.1);

    /// <summary>The relaxation; default the one that goes to the mean.</summary>
    public Relaxation Relaxation { get; init; } = Relaxation.ToMean;

    /// <summary>What goes with lambda in the relaxation that goes to the mean: lambda^2 / (lambda + 1), else 0.</summary>
    internal Tensor? LocationWeight(Tensor lambda) => Relaxation == Relaxation.ToMean ? lambda.square() / (lambda + 1) : null;

    /// <summary>f at points that are relaxed from a layer on, and its derivatives with respect to the layer's perturbed logits
    /// and, for <paramref name="count"/> > 1, to those of the layers that follow.</summary>
    internal (Tensor Value, Tensor[] Gradients) Relaxed(RelaxedPath path, int layer, Tensor z, Objective f, int count = 1)
    {
        var lambda = Temperature.Of(z);
        var weight = LocationWeight(lambda);
        Tensor Soften(IRelaxable law, Tensor at) => law.Soften((weight is null ? at : at + (weight * law.Location)) / lambda);
        var noise = path.Steps.Select(s => s.Noise).ToArray();
        return Differentiate(
            leaves =>
            {
                for (var k = 1; k < count; k++) noise[layer + k] = leaves[k];
                return f.Evaluate(path.SoftFrom(layer, leaves[0], Soften, noise));
            },
            [z, .. noise.Skip(layer + 1).Take(count - 1)]);
    }

    /// <summary>Reads the scale's setting: one per parameter tensor, as published, or one per layer.</summary>
    internal static ControlScale ReadScale(Settings s, EstimatorInput input) =>
        s.Choice("scale", "layer", ["layer", "parameter", "none"], "what has a scale eta of its own: each layer's logits, each parameter tensor behind them, or nothing (eta = 1)") switch
        {
            "layer" => new LogitScale(input),
            "parameter" => new ParameterScale(input),
            _ => new UnitScale(),
        };

    /// <summary>Reads the baselines' setting: one per layer.</summary>
    internal static IReadOnlyList<Baseline> ReadBaselines(Settings s, EstimatorInput input) =>
        [.. input.Layers.Select(_ => BaselineCatalog.Create(s, input, "input"))];

    /// <summary>Reads the relaxation's setting.</summary>
    internal static Relaxation ReadRelaxation(Settings s) =>
        s.Choice("relaxation", "to-mean", ["to-mean", "concrete"], "to-mean: goes to the mean as the temperature grows; concrete: plain") == "concrete"
            ? Relaxation.Concrete
            : Relaxation.ToMean;
}
