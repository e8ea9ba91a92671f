using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The options of <see cref="ToyRegression"/>.</summary>
public sealed record ToyRegressionOptions : StableFunctionOptions
{
    /// <summary>The options as by default.</summary>
    public ToyRegressionOptions()
        : base(stabilityWeight: 0.02, rho2: 0) => (Steps, LearningRate, MeanWeight, Layers) = (5000, 1e-2, 1, [20]);

    /// <summary>What the mean of the outputs shall be, from 0 to 1; default 0.8.</summary>
    [Option("what the mean of the outputs shall be", Least = 0, Most = 1)]
    public double Target { get; init => field = OptionInfo.Checked(this, value); } = 0.8;
}
