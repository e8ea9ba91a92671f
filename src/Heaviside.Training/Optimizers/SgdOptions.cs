using Heaviside.Configuration;

namespace Heaviside.Optimizers;

/// <summary>The options of <see cref="SGD"/>.</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>How much of the last step is kept, from 0 to below 1; default 0.</summary>
    [Option("momentum of SGD", Least = 0, Most = 0.99999999)]
    public double Momentum { get; init => field = OptionInfo.Checked(this, value); }

    /// <inheritdoc/>
    protected override Optimizer Of(IReadOnlyList<ParameterGroup> groups) => new SGD(groups, lr: 0) { momentum = Momentum, weight_decay = WeightDecay };
}
