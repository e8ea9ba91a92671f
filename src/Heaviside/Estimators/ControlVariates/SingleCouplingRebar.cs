using Heaviside.Distributions;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>REBAR for several layers with a single relaxed pass, in which the noise of every layer is conditional on its b.</summary>
/// <remarks>
/// <para>As <see cref="Rebar"/>, but one relaxed pass through all layers, coupled to the hard one by its noise, serves them
/// all: h = f(y|b) grad log q(b_1..n) + grad f(y|b) - grad f(y). Cheaper for many layers; the relaxed pass moves away from
/// the hard one with depth, and the variance grows. For one layer it is REBAR.</para>
/// <para>Shapes: f is evaluated at [S, B, ...] twice; Value is [S, B].</para>
/// <para>Reference: Tucker et al. 2017, arXiv:1703.07370, appendix F.</para>
/// </remarks>
public sealed class SingleCouplingRebar : ScaledRebarEstimator
{
    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => 2 * Samples;

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng)
    {
        var (value, gradients) = Relaxed(path, layer: 0, path.Steps[0].Z, f, path.Steps.Count);
        return [.. path.Steps.Select((step, i) => (Control(step, value, gradients[i]), value))];
    }
}
