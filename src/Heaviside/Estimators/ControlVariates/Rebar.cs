using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>REBAR: the score-function estimator with f at relaxed samples, given and not given b, as control variate.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with (f(b) - B(x)) grad log q(b) - eta [f(y|b) grad log q(b) + grad f(y|b) - grad f(y)] +
/// grad f(b), y the relaxed sample; requires f to be differentiable, and with an input-dependent baseline or one scale per
/// parameter tensor an objective of a model.</para>
/// <para>With n layers f is evaluated n times at relaxed samples: the i-th time the layers before i are hard, and only the
/// noise of layer i is conditional on b_i (arXiv:1703.07370, section 3; the released code lets the noise of later layers
/// depend on their logits as well, see <see cref="ReleasedCodeRebar"/>).</para>
/// <para>Shapes: f is evaluated at [S, B, ...] n + 1 times, 2 n + 1 with independent noise; Value is [S, B].</para>
/// <para>Reference: Tucker, Mnih, Maddison, Lawson, Sohl-Dickstein 2017, arXiv:1703.07370.</para>
/// </remarks>
public sealed class Rebar : ScaledRebarEstimator
{
    /// <summary>How z and z given b share their noise; default common.</summary>
    [Option("noise of the relaxed sample given b: that of the relaxed sample, or fresh")]
    public NoiseCoupling Noise { get; init; } = NoiseCoupling.Common;

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) =>
        Samples * (1 + ((Noise == NoiseCoupling.Common ? 1 : 2) * Chain(q).Layers));

    /// <inheritdoc/>
    internal override IReadOnlyList<(Tensor Control, Tensor Value)> Controls(RelaxedPath path, Objective f, Generator rng) =>
        [.. path.Steps.Select((step, i) => Noise == NoiseCoupling.Common ? Common(path, i, f) : Independent(path, i, f, rng))];

    private (Tensor Control, Tensor Value) Common(RelaxedPath path, int layer, Objective f)
    {
        var step = path.Steps[layer];
        var (value, gradients) = Relaxed(path, layer, step.Z, f);
        return (Control(step, value, gradients[0]), value);
    }

    // The relaxation itself may depend on the logits too, by the location: with common noise that part cancels.
    private (Tensor Control, Tensor Value) Independent(RelaxedPath path, int layer, Objective f, Generator rng)
    {
        var step = path.Steps[layer];
        Tensor given;
        using (torch.no_grad())
        {
            using var fresh = torch.NewDisposeScope();
            var noise = StandardNoise(step, rng);
            given = fresh.MoveToOuter(step.Relaxable.PerturbGiven(step.B, noise));
        }

        var (value, g) = Relaxed(path, layer, given, f);
        var (_, unconditional) = Relaxed(path, layer, step.Z, f);
        var control = Times(value, step.Score) + step.Relaxable.PullbackGiven(step.B, given, g[0]) - step.Relaxable.Pullback(unconditional[0]);
        return LocationWeight(Lambda(given)) is { } weight
            ? (control + (weight * step.Relaxable.Pullback(g[0] - unconditional[0])), value)
            : (control, value);
    }

    // A law of [B, N] draws S times, one of [S, B, N] once.
    private static Tensor StandardNoise(StochasticStep step, Generator rng)
    {
        long[] sampleShape = step.B.shape.Length > step.Law.Logits.shape.Length ? [step.B.size(0)] : [];
        return step.Relaxable.Noise(sampleShape, rng);
    }
}
