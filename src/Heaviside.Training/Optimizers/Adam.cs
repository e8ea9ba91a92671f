namespace Heaviside.Optimizers;

/// <summary>Adam; weight decay is added to the gradient.</summary>
/// <param name="groups">What is optimized.</param>
/// <param name="lr">The learning rate.</param>
/// <remarks>Reference: arXiv 1412.6980.</remarks>
public sealed class Adam(IEnumerable<ParameterGroup> groups, double lr = 1e-3) : AdamBase(groups, lr)
{
    /// <summary>Adam of one group.</summary>
    public Adam(IEnumerable<Tensor> parameters, double lr = 1e-3)
        : this([new ParameterGroup(parameters)], lr)
    {
    }

    private protected override (double Penalty, double Shrinkage) Decay(OptimizerStep step) => (step.WeightDecay, 0);
}
