using Heaviside.Numerics;

namespace Heaviside.Estimators.Controls;

/// <summary>A temperature that is learned through its logarithm and stays from 1e-6 to 1e6.</summary>
internal sealed class LearnedTemperature : Component, IReportsNumbers
{
    private readonly Tensor logarithm;

    /// <param name="initial">Where it starts, from 1e-6 to 1e6.</param>
    /// <param name="input">The type and the device of the parameter.</param>
    internal LearnedTemperature(double initial, EstimatorInput input)
        : base(nameof(LearnedTemperature)) =>
        logarithm = this.AddParameter("logarithm", torch.full([], Math.Log(TemperatureRange.Require(initial)), input.Type, input.Rng.device).requires_grad_());

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Numbers => [("temperature", Value.Number())];

    /// <summary>The temperature, a scalar.</summary>
    internal Tensor Value => logarithm.exp().clamp(TemperatureRange.Least, TemperatureRange.Most);
}
