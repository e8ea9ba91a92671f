using Heaviside.Configuration;

namespace Heaviside.Optimizers;

/// <summary>What Adam and AdamW have in common.</summary>
public abstract record AdamBaseOptions : OptimizerOptions
{
    private const double BelowOne = 0.99999999;

    /// <summary>How much of the mean of the gradient is kept, from 0 to below 1; default 0.9.</summary>
    [Option("decay of Adam's average of gradients", Name = "beta1", Least = 0, Most = BelowOne)]
    public double Beta1 { get; init => field = OptionInfo.Checked(this, value); } = 0.9;

    /// <summary>How much of the mean of the squared gradient is kept, from 0 to below 1; default 0.999.</summary>
    [Option("decay of Adam's average of squared gradients", Name = "beta2", Least = 0, Most = BelowOne)]
    public double Beta2 { get; init => field = OptionInfo.Checked(this, value); } = 0.999;

    /// <summary>Added to the divisor, from 1e-30 to 1; default 1e-8.</summary>
    [Option("added to Adam's denominator", Name = "adam-epsilon", Least = 1e-30, Most = 1)]
    public double Epsilon { get; init => field = OptionInfo.Checked(this, value); } = 1e-8;
}
