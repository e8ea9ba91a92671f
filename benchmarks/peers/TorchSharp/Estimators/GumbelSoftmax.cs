using static TorchSharp.torch;

namespace Heaviside.Peers.Estimators;

/// <summary>Binary Concrete samples with their pathwise gradient.</summary>
internal sealed class GumbelSoftmax() : Estimator(nameof(GumbelSoftmax))
{
    private const double Temperature = 0.5;

    public override (Tensor Loss, Tensor? TuningLoss) forward(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var y = sigmoid((logits + Logistic(rand_like(logits))) / Temperature);
        return (-model.Elbo(x, logits, y).mean(), null);
    }
}
