using Heaviside.Configuration;
using Heaviside.Estimators.Controls;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>REBAR with a learned Q-function in place of relaxed passes: it predicts f from one layer's relaxed sample.</summary>
/// <remarks>
/// <para>As <see cref="Rebar"/>, but the control variate of layer i is made of Q_i(y_i, b_1..i-1, x), a network that is fitted
/// to f(b) by its squared error, so that no relaxed sample passes through f. Requires an objective with a context.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Tucker et al. 2017, arXiv:1703.07370, appendix F, which leaves it to future work. The expectations in its
/// regression are replaced by single samples, which adds the variance of Q given b to its loss.</para>
/// </remarks>
public sealed class QFunctionRebar : RelaxedControlEstimator, IScheduled
{
    private ControlNetworks networks = null!; // since Learn

    /// <summary>Widths of the hidden layers of each network, each from 1 to 100000; default two of 200.</summary>
    [Option("widths of the hidden layers of the network in the control variate", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> ControlLayers { get; init => field = OptionInfo.Checked(this, value); } = [200, 200];

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <summary>The temperature at which the samples are relaxed, from 1e-6 to 1e6 at every step; default 0.5.</summary>
    [Option("temperature of the relaxation", Least = TemperatureRange.Least, Most = TemperatureRange.Most)]
    public Schedule Temperature { get; init => field = OptionInfo.Checked(this, value); } = 0.5;

    /// <inheritdoc/>
    public long Step { get; set; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Schedule Schedule)> Schedules => [("temperature", Temperature)];

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input) => networks = this.AddModule("networks", new ControlNetworks(input, ControlLayers));

    /// <inheritdoc/>
    protected override int? Layers => networks.Count;

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) =>
        {
            var lambda = Temperature.At(Step);
            var (value, slope) = Differentiate(z => networks.Of(i, path, step.Relaxable.Soften(z[0] / lambda), f), step.Z);
            return (Control(step, value, slope[0]), value);
        })];

    // The mean over z given b of Q against the mean over later layers of f.
    /// <inheritdoc/>
    internal override Tensor TuningLoss(Tensor variance, Tensor value, IReadOnlyList<(Tensor Control, Tensor Value)> controls) =>
        controls.Select(c => (value - c.Value).square().mean()).Aggregate((a, b) => a + b);
}
