using Heaviside.Numerics;
using Heaviside.Regularizers;
using Heaviside.Training;

namespace Heaviside.Laboratory.Demonstrations;

/// <summary>A network of one standard normal number whose mean output is to be a target: without stability regularization all outputs
/// come near the target, with it they come near 0 and 1 in the proportion that has this mean.</summary>
/// <remarks>
/// <para>The loss is (batch mean of f - target)^2 - weight * maximand: the mean over the batch is regressed, not each output.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), section 5.1
/// and figure 3; network, weight, alpha and training are not given there.</para>
/// </remarks>
public sealed class ToyRegression : Demonstration
{
    private const int FreshInputs = 100_000, Bins = 50;

    private readonly StableFunction f;

    /// <summary>A demonstration that is about to start.</summary>
    public ToyRegression(ToyRegressionOptions options) => f = new(options, inputs: 1) { Mean = options.Target };

    /// <inheritdoc/>
    public override string Title => "toy regression";

    /// <inheritdoc/>
    public override string Conditions => $"N(0, 1) inputs, target {Invariant.Format(f.Mean)}; {f.Conditions}; outputs at {FreshInputs:N0} fresh inputs, stability at rho {Invariant.Format(f.Rho)}";

    /// <inheritdoc/>
    public override long Steps => f.Steps;

    /// <inheritdoc/>
    public override void Dispose() => f.Dispose();

    private protected override void Step(long step) => f.Step(step);

    private protected override IReadOnlyList<ILabRow> Report(long step, bool isLast)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var rng = new Generator(Seeds.Derive(f.Seed, "fresh inputs"), f.Device);
        var (output, _, stability, discreteness) = new StabilityRegularizer { Rho = f.Rho, Alpha = 1, Clip = StabilityClip.Dimension, Reduction = StabilityReduction.Sum }.Estimate(f.At, torch.zeros([FreshInputs, 1], device: f.Device), rng);
        double Mean(Tensor which) => which.to(ScalarType.Float64).mean().Number();
        var row = new ToyRegressionRow(
            step, Mean(output), Mean(output.lt(0.1)), Mean(output.gt(0.9)), discreteness.Number(), stability.Number());
        return step == 0 || isLast ? [row, .. Histogram(step, output)] : [row];
    }

    private static IEnumerable<BinRow> Histogram(long step, Tensor output) =>
        output.histc(Bins, 0, 1).ToArray<float>().Select((count, i) => new BinRow(step, (double)i / Bins, (i + 1.0) / Bins, count / FreshInputs));
}
