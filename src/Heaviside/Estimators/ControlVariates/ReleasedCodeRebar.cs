using Heaviside.Distributions;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>REBAR as its authors' code computes it for several layers, for comparison: biased from the second layer on.</summary>
/// <remarks>
/// <para>As <see cref="Rebar"/>, but in the pass of layer i the noise of every layer j >= i is conditional on b_j, while the
/// score is that of layer i alone. The terms of the later layers that remain have the mean -E[f(y) grad log q(b_j)], not 0.
/// For one layer it is REBAR.</para>
/// <para>Shapes: f is evaluated at [S, B, ...] n + 1 times; Value is [S, B].</para>
/// <para>Reference: the code released with Tucker et al. 2017, arXiv:1703.07370.</para>
/// </remarks>
public sealed class ReleasedCodeRebar : ScaledRebarEstimator
{
    /// <inheritdoc/>
    public override Bias Bias => Bias.NoneIfOneLayer;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples * (1 + Chain(q).Layers);

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng)
    {
        var (steps, layers) = (path.Steps, path.Steps.Count);
        var passes = steps.Select((step, i) => Relaxed(path, i, step.Z, f, layers - i)).ToList();
        return [.. steps.Select((step, j) =>
        {
            var leaked = Enumerable.Range(0, j).Select(i => CoupledPath(step, passes[i].Gradients[j - i]));
            return (leaked.Aggregate(Control(step, passes[j].Value, passes[j].Gradients[0]), (a, b) => a + b), passes[j].Value);
        })];
    }
}
