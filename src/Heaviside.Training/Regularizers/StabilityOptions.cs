using Heaviside.Configuration;
using Heaviside.Numerics;

namespace Heaviside.Regularizers;

/// <summary>Stability regularization in recipes: its weight, and a regularizer with options of its own.</summary>
/// <param name="weight">The weight of the maximand by default, 0 or more.</param>
/// <param name="standard">The regularizer by default, where it is not mean-centered; null: that of the library.</param>
/// <param name="rho2">The smaller correlation of mean-centered stability by default; 0: not centered.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
public sealed class StabilityOptions(Schedule weight, StabilityRegularizer? standard = null, double rho2 = 0) : IChecksOptions
{
    private readonly StabilityRegularizer standard = standard ?? new();
    private NoiseStability? regularizer;

    /// <summary>The weight of the maximand, 0 or more.</summary>
    [Option("weight of stability regularization", Name = "stability", Least = 0)]
    public Schedule Weight { get; init => field = OptionInfo.Checked(this, value); } = weight;

    /// <summary>The smaller correlation of mean-centered stability, from 0 to below the larger one; 0: not centered.</summary>
    [Option("the smaller correlation of mean-centered stability; 0: not centered", Least = 0, Most = 1 - 1e-6)]
    public double Rho2 { get; init => field = OptionInfo.Checked(this, value); } = rho2;

    /// <summary>The regularizer: mean-centered where <see cref="Rho2"/> is not 0.</summary>
    [OptionGroup]
    public NoiseStability Regularizer => regularizer ??= Rho2 == 0
        ? standard
        : new MeanCenteredStability { Rho1 = standard.Rho, Rho2 = Math.Max(Rho2, 1e-6), Reduction = standard.Reduction };

    /// <inheritdoc/>
    public string? Conflict => Regularizer is MeanCenteredStability centered && Rho2 >= centered.Rho1
        ? $"setting 'rho2' is {Rho2}, expected less than rho, which is {centered.Rho1}"
        : null;
}
