using Heaviside.Estimators.Baselines;

namespace Heaviside.Estimators;

/// <summary>The score-function estimator with a learned, input-dependent baseline.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with (f(b) - B(x)) grad log q(b) + grad f(b); B is a network of the example's context,
/// fitted to f by its squared error. Requires an objective with a context.</para>
/// <para>Shapes: f is evaluated at [S, B, ...]; Value is [S, B].</para>
/// <para>Reference: Mnih, Gregor 2014, arXiv:1402.0030; as in arXiv:1703.07370 without the normalization of the variance,
/// which would bias it (see <see cref="NormalizedNvil"/>), and with one signal for all layers.</para>
/// </remarks>
public sealed class Nvil : ScoreFunctionEstimator
{
    private InputBaseline baseline = null!; // since Learn

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    protected override Tensor Signal(Tensor value, Objective f) => value - baseline.Of(value, f);

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input) => baseline = this.AddModule("baseline", new InputBaseline(input));
}
