namespace Heaviside.Optimizers;

/// <summary>Adam with decoupled weight decay: <c>p -= lr weight_decay p</c>, whatever the gradient.</summary>
/// <remarks>Reference: arXiv 1711.05101. The default weight decay is 0.01, as in PyTorch.</remarks>
public sealed class AdamW : AdamBase
{
    /// <summary>AdamW of some groups.</summary>
    public AdamW(IEnumerable<ParameterGroup> groups, double lr = 1e-3)
        : base(groups, lr) => weight_decay = 0.01;

    /// <summary>AdamW of one group.</summary>
    public AdamW(IEnumerable<Tensor> parameters, double lr = 1e-3)
        : this([new ParameterGroup(parameters)], lr)
    {
    }

    private protected override (double Penalty, double Shrinkage) Decay(OptimizerStep step) =>
        (0, step.LearningRate * step.WeightDecay);
}
