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
    private readonly ControlNetworks networks;

    /// <summary>With random initial networks for the model that <paramref name="input"/> describes.</summary>
    /// <param name="input">The model.</param>
    /// <param name="hidden">Widths of the hidden layers of each network.</param>
    public BlackBoxRelax(EstimatorInput input, params IReadOnlyList<int> hidden) =>
        networks = this.AddModule("networks", new ControlNetworks(input, hidden));

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => false;

    /// <summary>From the settings control-layers and samples.</summary>
    public static BlackBoxRelax Create(Settings s, EstimatorInput input) => new(input, ReadHidden(s)) { Samples = ReadSamples(s) };

    /// <inheritdoc/>
    protected override int? Layers => networks.Count;

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) =>
        {
            var (value, slope) = Differentiate(z => networks.Of(i, path, z[0], f), step.Z);
            return (Control(step, value, slope[0]), value);
        })];

    /// <summary>Reads the widths of the networks.</summary>
    internal static IReadOnlyList<int> ReadHidden(Settings s) =>
        s.IntList("control-layers", [200, 200], 1, 100_000, "widths of the hidden layers of the network in the control variate");
}
