using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>The first-order expansion around the mean is the control variate; its scales and the baseline are fit by least squares.</summary>
internal sealed class MuProp : Estimator
{
    private readonly Module<Tensor, Tensor> baseline;
    private readonly Parameter scales;

    internal MuProp(long pixels) : base(nameof(MuProp))
    {
        baseline = Baseline(pixels);
        scales = Parameter(zeros(2));
        RegisterComponents();
    }

    public override (Tensor Loss, Tensor? TuningLoss) forward(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var mu = logits.detach().sigmoid().requires_grad_();
        var fMu = model.Elbo(x, logits.detach(), mu);
        var slope = autograd.grad([fMu.sum()], [mu])[0];
        mu = mu.detach();
        var b = bernoulli(mu);
        var f = model.Elbo(x, logits.detach(), b);
        var both = 2 * scales.sigmoid();
        var (constant, linear) = (both[0], both[1]);
        var expansion = constant * fMu.detach() + linear * (slope * (b - mu)).sum(-1);
        var signal = (f.detach() - expansion).unsqueeze(-1) - baseline.forward(model.Center(x));
        var gradient = signal * (b - mu) + linear * slope * mu * (1 - mu);
        return (Surrogate(f, gradient, logits), signal.square().mean());
    }
}
