using Heaviside.Configuration;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>A member of the REBAR family with learned scales of its control variate and a baseline for each layer.</summary>
public abstract class ScaledRebarEstimator : RebarEstimator
{
    /// <summary>What has a scale eta of its own; default each layer.</summary>
    [Option("what has a scale eta of its own: each layer's logits, each parameter tensor behind them, or nothing (eta = 1)")]
    public ScaleKind Scale { get; init; } = ScaleKind.Layer;

    /// <summary>The baseline of each layer; default a network of the example's context.</summary>
    [OptionGroup]
    public BaselineOptions Baseline { get; init; } = BaselineKind.Input;

    /// <inheritdoc/>
    protected sealed override bool Learns => base.Learns || Scale != ScaleKind.None || Baseline.Kind != BaselineKind.None;

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        base.Learn(input);
        ControlScale = Scale switch
        {
            ScaleKind.Layer => new LogitScale(input),
            ScaleKind.Parameter => new ParameterScale(input),
            _ => new UnitScale(),
        };
        Baselines = [.. input.Layers.Select(_ => Baseline.For(input))];
    }
}
