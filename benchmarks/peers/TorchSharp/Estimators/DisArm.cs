using static TorchSharp.torch;

namespace Heaviside.Peers.Estimators;

/// <summary>ARM with the noise integrated out.</summary>
internal sealed class DisArm() : Estimator(nameof(DisArm))
{
    public override (Tensor Loss, Tensor? TuningLoss) forward(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var u = rand_like(logits);
        var (b1, b2) = ((u > sigmoid(-logits)).to(u.dtype), (u < sigmoid(logits)).to(u.dtype));
        var (f1, f2) = (model.Elbo(x, logits.detach(), b1), model.Elbo(x, logits.detach(), b2));
        var gradient = 0.5 * (f1 - f2).unsqueeze(-1) * (b1 - b2) * sigmoid(logits.abs());
        return (Surrogate((f1 + f2) / 2, gradient, logits), null);
    }
}
