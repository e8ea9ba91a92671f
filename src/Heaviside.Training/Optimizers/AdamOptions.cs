namespace Heaviside.Optimizers;

/// <summary>The options of <see cref="Adam"/>.</summary>
public sealed record AdamOptions : AdamBaseOptions
{
    /// <inheritdoc/>
    protected override Optimizer Of(IReadOnlyList<ParameterGroup> groups) =>
        new Adam(groups, lr: 0) { beta1 = Beta1, beta2 = Beta2, eps = Epsilon, weight_decay = WeightDecay };
}
