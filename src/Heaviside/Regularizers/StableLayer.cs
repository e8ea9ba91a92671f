
namespace Heaviside.Regularizers;

/// <summary>A bounded layer that is trained to be discrete: noise at its input in training, a threshold at its output in use.</summary>
/// <remarks>There is no gradient estimator and no temperature: the gradient goes through the layer as it is. Subtract a multiple
/// of <see cref="StabilityEstimate.Maximand"/> from the loss.</remarks>
public abstract class StableLayer : Component
{
    private readonly torch.nn.Module<Tensor, Tensor> layer;

    private protected StableLayer(torch.nn.Module<Tensor, Tensor> layer)
        : base(nameof(StableLayer)) => this.layer = this.AddModule("layer", layer);

    /// <summary>What is maximized; default <see cref="StabilityRegularizer"/> with a clip for each variable with all its values.</summary>
    public NoiseStability Regularizer { get; init; } = new StabilityRegularizer { Clip = StabilityClip.Group };

    /// <summary>The outputs under noise, for training, and how stable they are.</summary>
    /// <param name="z">Shape <c>[B, ...]</c>.</param>
    /// <param name="rng">The source of the noise.</param>
    /// <param name="other">Another view of each example, shape of z, or null; see <see cref="NoiseStability"/>.</param>
    public StabilityEstimate Stabilize(Tensor z, Generator rng, Tensor? other = null)
    {
        var estimate = Regularizer.Estimate(layer, z, rng, other);
        return estimate with { Output = Variables(estimate.Output) };
    }

    /// <summary>The outputs without noise, in (0, 1). Shape <c>[B, ...]</c>.</summary>
    public Tensor Soft(Tensor z) => Variables(layer.call(z));

    /// <summary>The discrete outputs, without noise and without a gradient. Shape <c>[B, ...]</c>.</summary>
    public Tensor Hard(Tensor z)
    {
        using var _ = torch.no_grad();
        return Threshold(Soft(z));
    }

    /// <summary>The outputs as the network sees them, from those that are made stable.</summary>
    private protected virtual Tensor Variables(Tensor outputs) => outputs;

    private protected abstract Tensor Threshold(Tensor soft);
}
