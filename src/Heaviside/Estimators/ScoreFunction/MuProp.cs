using Heaviside.Distributions;
using Heaviside.Estimators.Baselines;
using Heaviside.Estimators.Controls;

namespace Heaviside.Estimators;

/// <summary>The score-function estimator with f's first-order Taylor expansion at the mean field as control variate.</summary>
/// <remarks>
/// <para>Approximates grad E[f(b)] with, for each layer i,
/// (f(b) - eta0_i f(mu) - eta1_i G_i (b_i - mu_i) - B_i(x)) grad log q(b_i) + eta1_i G_i grad E[b_i], plus grad f(b), where
/// mu is the mean field and G_i = df(mu)/dmu_i. The scales, 1 at first, and the baselines minimize each layer's squared
/// signal. Requires f to be differentiable, and an objective with a context.</para>
/// <para>Unbiased for every f: mu depends on no sample. b_i - mu_i uses the mean field, grad E[b_i] the law given the sample
/// of the layer before.</para>
/// <para>Shapes: f is evaluated at [S, B, ...] and at [1, B, ...]; Value is [S, B].</para>
/// <para>Reference: Gu, Levine, Sutskever, Mnih 2015, arXiv:1511.05176; the learned scales: arXiv:1703.07370, appendix G.1.</para>
/// </remarks>
public sealed class MuProp : SamplingEstimator
{
    private InputBaseline[] baselines = []; // since Learn, as the scales
    private LearnedScale constant = null!;
    private LearnedScale linear = null!;

    /// <inheritdoc/>
    public override Bias Bias => Bias.None;

    /// <inheritdoc/>
    public override bool NeedsDifferentiableObjective => true;

    /// <inheritdoc/>
    protected override bool Learns => true;

    /// <inheritdoc/>
    protected override void Learn(EstimatorInput input)
    {
        baselines = [.. input.Layers.Select((_, i) => this.AddModule($"baseline{i + 1}", new InputBaseline(input)))];
        constant = this.AddModule("constant", new LearnedScale(input.Layers.Count, input));
        linear = this.AddModule("linear", new LearnedScale(input.Layers.Count, input));
    }

    /// <inheritdoc/>
    public override long ObjectiveEvaluations(DiscreteDistribution q) => Samples + 1;

    /// <inheritdoc/>
    public override Estimate Estimate(DiscreteDistribution q, Objective f, Generator rng)
    {
        RequirePrepared();
        Require<IDifferentiableObjective>(f);
        RequireLayers(q, baselines.Length);
        var (laws, b) = (new List<DiscreteDistribution>(), new List<Tensor>());
        var value = f.Evaluate(Points(q, Samples, (law, shape) =>
        {
            Require<IHasMean>(law);
            laws.Add(law);
            b.Add(law.Sample(shape, rng));
            return b[^1];
        }));
        var mu = MeanField.WithGradients(q, f);

        var surrogate = value;
        var tuning = torch.zeros([], value.dtype, value.device);
        for (var i = 0; i < laws.Count; i++)
        {
            var g = mu.Gradients[i];
            var signal = value.detach() - (constant[i] * mu.Value) - (linear[i] * SumFactors(g * (b[i] - mu.Means[i]))) - baselines[i].Of(value.detach(), f);
            surrogate = surrogate + (signal.detach() * StochasticChain.LayerLogProb(laws[i], b[i])) + (linear[i].detach() * SumFactors(g * ((IHasMean)laws[i]).Mean));
            tuning = tuning + signal.square().mean();
        }

        return new(value.detach(), EvaluationPoint.HardSample, surrogate.mean([0]), tuning);
    }
}
