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
    private ControlNetworks networks = null!; // since Learn, as the scales
    private Tensor eta = null!;

    /// <summary>Widths of the hidden layers of each network, each from 1 to 100000; default two of 200.</summary>
    [Option("widths of the hidden layers of the network in the control variate", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> ControlLayers { get; init => field = OptionInfo.Checked(this, value); } = [200, 200];

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples * (1 + Chain(q).Layers);

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        base.Learn(input);
        networks = this.AddModule("networks", new ControlNetworks(input, ControlLayers));
        eta = this.AddParameter("eta", torch.ones([input.Layers.Count], input.Type, input.Rng.device).requires_grad_());
    }

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
