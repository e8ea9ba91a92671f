using Heaviside.Distributions;
using Heaviside.Numerics;
using Heaviside.Priors;
using MathNet.Numerics.Integration;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>The objectives of GumBolt, and what they are related to, as numbers: of one small model with a restricted Boltzmann machine as prior.</summary>
/// <remarks>
/// <para>log p(x) and log Z are sums over all states; log Z~, the integral of exp(-E) over [0, 1]^N, is by quadrature on the left side and
/// in closed form on the right. The others are means over samples of which all take the same noise: L_k at bits; L~_k, with the relaxed
/// density of q and log Z~; L^_k, the same with log Z in its place; F_k, with the probability of bits in place of q's density.</para>
/// <para>What must hold: log p(x) &gt;= L_k, L~_k &gt;= L^_k (log Z~ &lt;= log Z). F_k goes to L_k with the temperature, from either side.</para>
/// <para>Reference: Khoshaman, Amin 2018, arXiv:1805.07349, equations 5 to 9 and figure 2 (a).</para>
/// </remarks>
public sealed class BoltzmannObjectives : Demonstration
{
    private const int Pixels = 6, Draws = 500, Nodes = 24;

    private readonly Generator rng;
    private readonly RestrictedBoltzmannMachine machine;
    private readonly Tensor logits;
    private readonly Tensor decoder;
    private readonly Tensor x;
    private readonly int samples;
    private readonly double temperature;
    private readonly string conditions;
    private readonly double logPartition;
    private readonly double relaxedLogPartition;
    private readonly List<double[]> draws = [];

    /// <summary>A demonstration that is about to start.</summary>
    public BoltzmannObjectives(BoltzmannObjectivesOptions options)
    {
        var (left, right, scale, seed) = (options.Left, options.Right, options.Scale, options.Seed);
        (samples, temperature, Steps) = (options.Samples, options.Temperature, options.Steps);
        conditions = $"{left} x {right} units, {Pixels} pixels of one image, all parameters N(0, {Invariant.Format(scale)}^2), k = {samples}, temperature {Invariant.Format(temperature)}, seed {seed}";

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        rng = new Generator(seed);
        machine = new(left, right);
        machine.to(torch.float64);
        foreach (var parameter in machine.parameters()) parameter.normal_(0, scale, rng);
        logits = scope.MoveToOuter(Normal(left + right));
        decoder = scope.MoveToOuter(Normal(left + right, Pixels));
        x = scope.MoveToOuter(torch.rand([Pixels], torch.float64, generator: rng).gt(0.5).to(torch.float64));
        logPartition = machine.LogPartition().Number();
        relaxedLogPartition = RelaxedLogPartition();
        Draw();

        Tensor Normal(params long[] shape) => scale * torch.randn(shape, torch.float64, generator: rng);
    }

    /// <inheritdoc/>
    public override string Title => "objectives of a Boltzmann prior";

    /// <inheritdoc/>
    public override string Conditions => conditions;

    /// <inheritdoc/>
    public override long Steps { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var tensor in new[] { logits, decoder, x }) tensor.Dispose();
        machine.Dispose();
        rng.Dispose();
    }

    private protected override void Step(long step) => Draw();

    private protected override IReadOnlyList<ILabRow> Report(long step, bool isLast)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var logLikelihood = (LogJoint(machine.Enumerate()).logsumexp(0) - logPartition).Number();
        (double Mean, double Error) Of(int i)
        {
            var mean = draws.Average(d => d[i]);
            return (mean, Math.Sqrt(draws.Average(d => (d[i] - mean) * (d[i] - mean)) / draws.Count));
        }

        return [new BoltzmannObjectivesRow(step, draws.Count, logLikelihood, logPartition, relaxedLogPartition, Of(0), Of(1), Of(2), Of(3), Of(4))];
    }

    private void Draw()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var noise = Noise.Logistic([samples, Draws, machine.Units], logits, rng);
        var bits = (logits + noise).gt(0).to(torch.float64);
        var relaxed = ((logits + noise) / temperature).sigmoid();
        var density = new RelaxedBernoulli(logits, temperature).LogProb(relaxed).sum(-1);
        var discrete = LogMean(LogJoint(bits) - LogProb(bits)) - logPartition;
        var atDensity = LogMean(LogJoint(relaxed) - density);
        var proxy = LogMean(LogJoint(relaxed) - LogProb(relaxed)) - logPartition;
        draws.AddRange(torch.stack([discrete, atDensity - relaxedLogPartition, atDensity - logPartition, proxy, proxy - discrete], 1).ToArray<double>().Chunk(5));
    }

    // -E(z) + log p(x | z), the pixels' logits linear in z.
    private Tensor LogJoint(Tensor z)
    {
        var pixels = z.MatMul(decoder);
        return ((x * pixels) - pixels.softplus()).sum(-1) - machine.Energy(z);
    }

    // The log-probability of bits, and what is linear in each between them.
    private Tensor LogProb(Tensor z) => ((z * logits) - logits.softplus()).sum(-1);

    private Tensor LogMean(Tensor logWeights) => logWeights.logsumexp(0) - Math.Log(samples);

    // The right side's integral is prod_j (e^c_j - 1) / c_j, c the logits given the left side.
    private double RelaxedLogPartition()
    {
        var rule = new GaussLegendreRule(0, 1, Nodes);
        var (nodes, weights) = (torch.tensor(rule.Abscissas), torch.tensor(rule.Weights).log());
        var (z, logWeight) = (nodes.unsqueeze(1), weights);
        for (var i = 1; i < machine.Left; i++)
        {
            var count = z.size(0);
            z = torch.cat([z.repeat_interleave(Nodes, 0), nodes.repeat([count]).unsqueeze(1)], 1);
            logWeight = logWeight.repeat_interleave(Nodes, 0) + weights.repeat([count]);
        }

        var c = machine.RightLogits(z);
        var right = torch.where(c.abs().lt(1e-6), 1 + (c / 2), c.expm1() / c).log().sum(-1);
        return (logWeight + z.MatMul(machine.LeftBias) + right).logsumexp(0).Number();
    }
}
