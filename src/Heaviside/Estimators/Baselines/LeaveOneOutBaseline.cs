
namespace Heaviside.Estimators.Baselines;

/// <summary>The mean of f over the other samples of the same example; 0 for a single sample. arXiv:1902.08916 (the ICLR workshop paper)</summary>
public sealed class LeaveOneOutBaseline : Baseline
{
    // (sum_r f_r - f_s) / (S - 1)
    /// <inheritdoc/>
    public override Tensor Of(Tensor value, Objective f) => value.size(0) == 1
        ? torch.zeros_like(value)
        : (value.sum(0, keepdim: true) - value) / (value.size(0) - 1);
}
