namespace Heaviside.Torch;

/// <summary>Batch normalization of features, [B, C], or of sequences, [B, C, L].</summary>
public sealed class BatchNorm1d : BatchNorm
{
    /// <summary>A layer with scale one, shift zero, running mean zero and running variance one.</summary>
    /// <param name="num_features">C.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="momentum">The weight in [0, 1] of the newest batch in the running statistics.</param>
    /// <param name="affine">Whether scale and shift are learned.</param>
    /// <param name="device">Of the parameters; default the CPU.</param>
    /// <param name="dtype">Of the parameters; default float32.</param>
    public BatchNorm1d(
        long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true, Device? device = null, ScalarType? dtype = null)
        : base(num_features, eps, momentum, affine, device, dtype)
    {
    }

    private protected override bool Accepts(int dimensions) => dimensions is 2 or 3;

    private protected override string Expected(long channels) => $"[B, {channels}] or [B, {channels}, L]";
}
