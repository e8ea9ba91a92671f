using Heaviside.Configuration;
using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Regularizers;

/// <summary>The noise stability of a bounded layer, as a quantity to <b>maximize</b>: the layer's outputs become discrete with it.</summary>
/// <remarks>
/// <para>Stab_rho[f] = E[f(z + e) f(z + e')] for standard normal e and e' with correlation rho, e' = rho e + sqrt(1 - rho^2) e''.
/// Of all functions with values in [0, 1] and a given mean, the indicator of a half-space has the largest (Borell's theorem).</para>
/// <para>The layer may be anything with outputs in (0, 1): a sigmoid, a softmax over the last dimension, or a network that ends
/// in one. Add the noise before what bounds the outputs: it has unit deviation, and the scale of z relative to it is what
/// training enlarges.</para>
/// <para>Reference: Stability Regularization for Discrete Representation Learning, submitted to ICLR 2022 (no arXiv id), sections 2 and 3.</para>
/// </remarks>
public abstract class NoiseStability
{
    private protected const double LeastCorrelation = 1e-6, MostCorrelation = 1 - 1e-6;

    /// <summary>How the outputs' terms become one number; default their mean.</summary>
    [Option("over outputs, or groups of them", Name = "stability-reduction")]
    public StabilityReduction Reduction { get; init; } = StabilityReduction.Mean;

    /// <summary>One Monte-Carlo estimate, with one pair of noises per example, of a function without state.</summary>
    /// <param name="layer">From inputs <c>[B, ...]</c> to outputs <c>[B, ...]</c> in (0, 1), whose first dimension is the same.</param>
    /// <param name="z">The layer's input without noise, shape <c>[B, ...]</c>.</param>
    /// <param name="rng">The source of the noise.</param>
    /// <exception cref="ArgumentException">z or the outputs have no batch dimension, or another one.</exception>
    public StabilityEstimate Estimate(Func<Tensor, Tensor> layer, Tensor z, Generator rng) => Estimate(layer, layer, z, rng, other: null);

    /// <summary>The same of a network; the running statistics of batch norm in it see the batch once.</summary>
    /// <param name="layer">From inputs <c>[B, ...]</c> to outputs <c>[B, ...]</c> in (0, 1).</param>
    /// <param name="z">The layer's input without noise, shape <c>[B, ...]</c>.</param>
    /// <param name="rng">The source of the noise.</param>
    /// <param name="other">The input to which the second noise of a pair is added, shape of z; null, the default: z. With another
    /// view of each example the outputs become stable to what separates the views as well.</param>
    public StabilityEstimate Estimate(torch.nn.Module<Tensor, Tensor> layer, Tensor z, Generator rng, Tensor? other = null) => Estimate(
        layer.forward,
        input =>
        {
            using var frozen = new FrozenStatistics(layer);
            return layer.call(input);
        },
        z,
        rng,
        other);

    /// <summary>What each output, or group of outputs, contributes, and its stability.</summary>
    /// <param name="e">The noise at which <paramref name="output"/> was computed, shape of z.</param>
    /// <param name="output">f(z + e), shape <c>[B, ...]</c>.</param>
    /// <param name="at">f(z + noise), or that of the other view of z, for other noise of the shape of z.</param>
    /// <param name="rng">The source of further noise.</param>
    private protected abstract (Tensor Terms, Tensor Stability) Terms(Tensor e, Tensor output, Func<Tensor, Tensor> at, Generator rng);

    /// <summary>The mean over the batch of the products of two outputs, shape <c>[...]</c> of an output.</summary>
    private protected static Tensor Stability(Tensor first, Tensor second) => (first * second).mean([0]);

    /// <summary>e' = rho e + sqrt(1 - rho^2) e''.</summary>
    private protected static Tensor Correlate(Tensor e, double rho, Tensor independent) => (rho * e) + (Math.Sqrt(1 - (rho * rho)) * independent);

    private StabilityEstimate Estimate(Func<Tensor, Tensor> first, Func<Tensor, Tensor> others, Tensor z, Generator rng, Tensor? other)
    {
        if (z.shape.Length < 2) throw new ArgumentException($"z: expected shape [B, ...], got [{string.Join(", ", z.shape)}]", nameof(z));
        if (other is not null) Shape.Require(other, z.shape);
        var e = Noise.Normal(z.shape, z, rng);
        var output = first(z + e);
        if (output.shape.Length < 2 || output.size(0) != z.size(0))
            throw new ArgumentException($"layer: expected outputs of shape [{z.size(0)}, ...], got [{string.Join(", ", output.shape)}]", nameof(first));
        var (terms, stability) = Terms(e, output, noise => others((other ?? z) + noise), rng);
        var y = output.detach();
        return new(
            output,
            Reduction == StabilityReduction.Sum ? terms.sum() : terms.mean(),
            stability.detach().mean(),
            torch.minimum(y, 1 - y).mean());
    }
}
