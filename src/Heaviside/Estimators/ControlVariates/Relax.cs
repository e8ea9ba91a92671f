using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>RELAX: the control variate is f at relaxed samples plus a learned network.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with (f(b) - c(z|b)) grad log q(b) + grad c(z) - grad c(z|b) + grad f(b), where
/// c(z) = eta f(y(z)) + r(z) with the relaxed sample y(z), a learned scale, a temperature that may be learned, and a network r of the context, z
/// and the layers before. Requires f to be differentiable and, for r, a context; for others see <see cref="BlackBoxRelax"/>.</para>
/// <para>Everything learned minimizes the mean square of the gradient with respect to the logits.</para>
/// <para>Shapes: f is evaluated at [S, B, ...] n + 1 times for n layers; Value is [S, B].</para>
/// <para>Reference: Grathwohl, Choi, Wu, Roeder, Duvenaud 2017, arXiv:1711.00123; here z given b shares the noise of z.</para>
/// </remarks>
public sealed class Relax : RebarEstimator
{
    private readonly ControlNetworks networks;
    private readonly Tensor eta;

    /// <summary>With random initial networks for the model that <paramref name="input"/> describes.</summary>
    /// <param name="input">The model.</param>
    /// <param name="hidden">Widths of the hidden layers of each network.</param>
    public Relax(EstimatorInput input, params IReadOnlyList<int> hidden)
    {
        networks = this.AddModule("networks", new ControlNetworks(input, hidden));
        eta = this.AddParameter("eta", torch.ones([input.Layers.Count], input.Type, input.Rng.device).requires_grad_());
    }

    /// <summary>From the settings temperature, learn-temperature, relaxation, control-layers and samples.</summary>
    public static Relax Create(Settings s, EstimatorInput input) => new(input, BlackBoxRelax.ReadHidden(s))
    {
        Temperature = Temperature.Create(s, input),
        Relaxation = ReadRelaxation(s),
        Samples = ReadSamples(s),
    };

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples * (1 + Chain(q).Layers);

    /// <inheritdoc/>
    protected override int? Layers => networks.Count;

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) =>
        {
            var (relaxed, slope) = Relaxed(path, i, step.Z, f);
            var (free, freeSlope) = Differentiate(z => networks.Of(i, path, z[0], f), step.Z);
            var value = (eta[i] * relaxed) + free;
            return (Control(step, value, (eta[i] * slope[0]) + freeSlope[0]), value);
        })];
}
