using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators.Controls;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>A member of the REBAR family: the control variate is f itself, at relaxed samples.</summary>
public abstract class RebarEstimator : RelaxedControlEstimator, IScheduled
{
    private LearnedTemperature? learned;

    /// <inheritdoc/>
    public sealed override bool NeedsDifferentiableObjective => true;

    /// <summary>The temperature lambda of the relaxation, from 1e-6 to 1e6 at every step; the initial one, a number, if it is learned;
    /// default 0.5.</summary>
    [Option("temperature of the relaxation, the initial one if it is learned", Least = TemperatureRange.Least, Most = TemperatureRange.Most)]
    public Schedule Temperature { get; init => field = OptionInfo.Checked(this, value); } = 0.5;

    /// <summary>Whether the temperature is learned; default true.</summary>
    [Option("learn the temperature, so that the gradient varies less")]
    public bool LearnTemperature { get; init; } = true;

    /// <summary>The relaxation; default the one that goes to the mean.</summary>
    [Option("to-mean: goes to the mean as the temperature grows; concrete: plain")]
    public Relaxation Relaxation { get; init; } = Relaxation.ToMean;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => LearnTemperature ? [] : [("temperature", Temperature)];

    /// <inheritdoc/>
    protected override bool Learns => LearnTemperature;

    /// <summary>The temperature in force, a scalar of the type and on the device of <paramref name="like"/>.</summary>
    private protected Tensor Lambda(Tensor like) => learned?.Value ?? torch.full([], Temperature.At(Step), like.dtype, like.device);

    /// <summary>What goes with lambda in the relaxation that goes to the mean: lambda^2 / (lambda + 1), else 0.</summary>
    internal Tensor? LocationWeight(Tensor lambda) => Relaxation == Relaxation.ToMean ? lambda.square() / (lambda + 1) : null;

    /// <summary>f at points that are relaxed from a layer on, and its derivatives with respect to the layer's perturbed logits
    /// and, for <paramref name="count"/> > 1, to those of the layers that follow.</summary>
    internal (Tensor Value, Tensor[] Gradients) Relaxed(RelaxedPath path, int layer, Tensor z, Objective f, int count = 1)
    {
        var lambda = Lambda(z);
        var weight = LocationWeight(lambda);
        Tensor Soften(IRelaxable law, Tensor at) => law.Soften((weight is null ? at : at + (weight * law.Location)) / lambda);
        var noise = path.Steps.Select(s => s.Noise).ToArray();
        return Differentiate(
            leaves =>
            {
                for (var k = 1; k < count; k++) noise[layer + k] = leaves[k];
                return f.Evaluate(path.SoftFrom(layer, leaves[0], Soften, noise));
            },
            [z, .. noise.Skip(layer + 1).Take(count - 1)]);
    }

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        if (!LearnTemperature) return;
        if (Temperature is not ConstantSchedule { Value: var initial })
            throw new ArgumentException($"temperature is the schedule {Temperature}, but it is learned: set learn-temperature=false, or give the number at which it starts");
        learned = this.AddModule("temperature", new LearnedTemperature(initial, input));
    }
}
