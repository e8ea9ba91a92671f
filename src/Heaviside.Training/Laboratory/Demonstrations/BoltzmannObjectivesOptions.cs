using Heaviside.Configuration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The options of <see cref="BoltzmannObjectives"/>.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed record BoltzmannObjectivesOptions
{
    /// <summary>Units of the left side, 1 to 4; default 2.</summary>
    [Option("units of the left side", Least = 1, Most = 4)]
    public int Left { get; init => field = OptionInfo.Checked(this, value); } = 2;

    /// <summary>Units of the right side, 1 to 8; default 2.</summary>
    [Option("units of the right side", Least = 1, Most = 8)]
    public int Right { get; init => field = OptionInfo.Checked(this, value); } = 2;

    /// <summary>Importance samples k, 1 to 1000; default 1.</summary>
    [Option("importance samples k", Least = 1, Most = 1000)]
    public int Samples { get; init => field = OptionInfo.Checked(this, value); } = 1;

    /// <summary>The temperature of the relaxation, from 0.001 to 100; default 1/7.</summary>
    [Option("temperature of the relaxation", Least = 1e-3, Most = 100)]
    public double Temperature { get; init => field = OptionInfo.Checked(this, value); } = 1.0 / 7;

    /// <summary>The standard deviation of all parameters, from 0 to 10; default 1.</summary>
    [Option("standard deviation of all parameters", Least = 0, Most = 10)]
    public double Scale { get; init => field = OptionInfo.Checked(this, value); } = 1;

    /// <summary>How often draws of each objective are made after the first, 1 or more; default 199.</summary>
    [Option("how often 500 draws of each objective are made after the first", Least = 1, Most = 1_000_000)]
    public long Steps { get; init => field = OptionInfo.Checked(this, value); } = 199;

    /// <summary>The seed of everything random; default 1.</summary>
    [Option("seed of everything random", Least = 0)]
    public ulong Seed { get; init; } = 1;
}
