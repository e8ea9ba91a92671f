namespace Heaviside.Optimizers;

/// <summary>Parameters that one <see cref="Optimizer"/> treats alike.</summary>
/// <param name="parameters">Leaves whose gradients are recorded.</param>
public sealed class ParameterGroup(IEnumerable<Tensor> parameters)
{
    /// <summary>The parameters, in the order in which the optimizer numbers them.</summary>
    public IReadOnlyList<Tensor> parameters { get; } = [.. parameters];

    /// <summary>Multiplies the optimizer's learning rate; at least 0, default 1.</summary>
    public double lr_factor
    {
        get;
        init => field = Optimizer.Require(value, value >= 0 && double.IsFinite(value), "finite and at least 0", nameof(lr_factor));
    } = 1;

    /// <summary>Replaces the optimizer's weight decay; at least 0, default null: the optimizer's own.</summary>
    public double? weight_decay
    {
        get;
        init => field = value is { } v ? Optimizer.Require(v, v >= 0 && double.IsFinite(v), "finite and at least 0", nameof(weight_decay)) : null;
    }
}
