
namespace Heaviside.Estimators.Controls;

/// <summary>Learned scales eta = 2 sigmoid(w) in (0, 2), 1 at first, as in arXiv:1703.07370.</summary>
internal sealed class LearnedScale : Component
{
    private readonly Tensor weight;

    /// <summary>A number of scales.</summary>
    internal LearnedScale(int count, EstimatorInput input)
        : base(nameof(LearnedScale)) =>
        weight = this.AddParameter("weight", torch.zeros([count], input.Type, input.Rng.device).requires_grad_());

    /// <summary>The i-th scale, a scalar.</summary>
    internal Tensor this[int i] => 2 * weight[i].sigmoid();
}
