using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The options of <see cref="HalfSpace"/>.</summary>
public sealed record HalfSpaceOptions : StableFunctionOptions
{
    /// <summary>The options as by default.</summary>
    public HalfSpaceOptions()
        : base(stabilityWeight: 1, rho2: 0.1) => (Steps, LearningRate, MeanWeight, Layers, Gain) = (4000, 3e-3, 30, [32, 32], 4);

    /// <summary>The Gaussian volume that the function shall keep, from 0 to 1; default 0: that of the untrained function.</summary>
    [Option("the Gaussian volume that it shall keep; 0: that of the untrained function", Least = 0, Most = 1)]
    public double Volume { get; init => field = OptionInfo.Checked(this, value); }
}
