using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>The score function; the baseline is a network of the input, fit by least squares.</summary>
internal sealed class Nvil : Estimator
{
    private readonly Module<Tensor, Tensor> baseline;

    internal Nvil(long pixels) : base(nameof(Nvil))
    {
        baseline = Baseline(pixels);
        RegisterComponents();
    }

    public override (Tensor Loss, Tensor? TuningLoss) forward(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var q = logits.detach().sigmoid();
        var b = bernoulli(q);
        var f = model.Elbo(x, logits.detach(), b);
        var signal = f.detach().unsqueeze(-1) - baseline.forward(model.Center(x));
        return (Surrogate(f, signal * (b - q), logits), signal.square().mean());
    }
}
