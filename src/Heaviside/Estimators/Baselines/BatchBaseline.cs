
namespace Heaviside.Estimators.Baselines;

/// <summary>The mean of f over all samples of the other examples of the batch; 0 for a single example.</summary>
public sealed class BatchBaseline : Baseline
{
    // (sum_c f_c - f_b) / (B - 1), f_c the mean over the samples of example c
    /// <inheritdoc/>
    public override Tensor Of(Tensor value, Objective f)
    {
        if (value.size(1) == 1) return torch.zeros_like(value);
        var each = value.mean([0], keepdim: true);
        return (each.sum(1, keepdim: true) - each) / (value.size(1) - 1);
    }
}
