using Heaviside.Configuration;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>RELAX for an f that is known at hard samples only: the control variate is a learned network.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with (f(b) - r(z|b)) grad log q(b) + grad r(z) - grad r(z|b) + grad f(b), r a network of
/// the context, the perturbed logits z and the layers before. Requires an objective with a context if the
/// input that it is made for has one; f itself may be known at hard samples only.</para>
/// <para>The networks minimize the mean square of the gradient with respect to the logits.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Grathwohl, Choi, Wu, Roeder, Duvenaud 2017, arXiv:1711.00123; here z given b shares the noise of z.</para>
/// </remarks>
public sealed class BlackBoxRelax : RelaxedControlEstimator
{
    private ControlNetworks networks = null!; // since Learn

    /// <summary>Widths of the hidden layers of each network, each from 1 to 100000; default two of 200.</summary>
    [Option("widths of the hidden layers of the network in the control variate", Least = 1, Most = 100_000)]
    public IReadOnlyList<int> ControlLayers { get; init => field = OptionInfo.Checked(this, value); } = [200, 200];

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input) => networks = this.AddModule("networks", new ControlNetworks(input, ControlLayers));

    /// <inheritdoc/>
    protected override int? Layers => networks.Count;

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) =>
        {
            var (value, slope) = Differentiate(z => networks.Of(i, path, z[0], f), step.Z);
            return (Control(step, value, slope[0]), value);
        })];
}
