using static TorchSharp.torch;

namespace Heaviside.Peers.Estimators;

/// <summary>The score function; the baseline is the mean of the batch's other examples.</summary>
internal sealed class Reinforce() : Estimator(nameof(Reinforce))
{
    public override (Tensor Loss, Tensor? TuningLoss) forward(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var q = logits.detach().sigmoid();
        var b = bernoulli(q);
        var f = model.Elbo(x, logits.detach(), b);
        var signal = f.detach();
        var batch = (double)x.shape[0];
        signal = (signal - signal.mean()) * (batch / (batch - 1));
        return (Surrogate(f, signal.unsqueeze(-1) * (b - q), logits), null);
    }
}
