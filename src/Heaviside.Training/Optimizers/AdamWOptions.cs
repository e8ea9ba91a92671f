namespace Heaviside.Optimizers;

/// <summary>The options of <see cref="AdamW"/>.</summary>
public sealed record AdamWOptions : AdamBaseOptions
{
    /// <summary>Options with a weight decay of 0.01.</summary>
    public AdamWOptions() => WeightDecay = 0.01;

    /// <inheritdoc/>
    protected override Optimizer Of(IReadOnlyList<ParameterGroup> groups) =>
        new AdamW(groups, lr: 0) { beta1 = Beta1, beta2 = Beta2, eps = Epsilon, weight_decay = WeightDecay };
}
