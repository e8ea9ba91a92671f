namespace Heaviside.Torch;

/// <summary>Makes one dimension of several, by default of all but the first: [B, ...] to [B, N].</summary>
public sealed class Flatten(long start_dim = 1, long end_dim = -1) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);
}
