using Heaviside.Configuration;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>REBAR with a learned Q-function in place of relaxed passes: it predicts f from one layer's relaxed sample.</summary>
/// <remarks>
/// <para>As <see cref="Rebar"/>, but the control variate of layer i is made of Q_i(y_i, b_1..i-1, x), a network that is fitted
/// to f(b) by its squared error, so that no relaxed sample passes through f. Requires an objective with a context.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Tucker et al. 2017, arXiv:1703.07370, appendix F, which leaves it to future work. The expectations in its
/// regression are replaced by single samples, which adds the variance of Q given b to its loss.</para>
/// </remarks>
public sealed class QFunctionRebar : RelaxedControlEstimator
{
    private readonly ControlNetworks networks;

    /// <summary>With random initial networks for the model that <paramref name="input"/> describes.</summary>
    /// <param name="input">The model.</param>
    /// <param name="hidden">Widths of the hidden layers of each network.</param>
    public QFunctionRebar(EstimatorInput input, params IReadOnlyList<int> hidden) =>
        networks = this.AddModule("networks", new ControlNetworks(input, hidden));

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <summary>The temperature at which the samples are relaxed; default fixed at 0.5.</summary>
    public Temperature Temperature { get; init => field = this.AddModule("temperature", value); } = Temperature.Fixed(0.5);

    /// <summary>From the settings temperature, control-layers and samples.</summary>
    public static QFunctionRebar Create(Settings s, EstimatorInput input) => new(input, BlackBoxRelax.ReadHidden(s))
    {
        Temperature = Temperature.Fixed(ScheduleRange.Read(s, "temperature", 0.5, "temperature of the relaxation", ScheduleRange.Temperature)),
        Samples = ReadSamples(s),
    };

    /// <inheritdoc/>
    protected override int? Layers => networks.Count;

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) =>
        {
            var lambda = Temperature.Of(step.Z);
            var (value, slope) = Differentiate(z => networks.Of(i, path, step.Relaxable.Soften(z[0] / lambda), f), step.Z);
            return (Control(step, value, slope[0]), value);
        })];

    // The mean over z given b of Q against the mean over later layers of f.
    /// <inheritdoc/>
    internal override Tensor TuningLoss(Tensor variance, Tensor value, IReadOnlyList<(Tensor Control, Tensor Value)> controls) =>
        controls.Select(c => (value - c.Value).square().mean()).Aggregate((a, b) => a + b);
}
