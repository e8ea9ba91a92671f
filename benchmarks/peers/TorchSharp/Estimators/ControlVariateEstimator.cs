using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>The score function with a control variate c(z), reparameterized without and with b given; all that is learned minimizes the square of the gradient at the logits.</summary>
internal abstract class ControlVariateEstimator(string name) : Estimator(name)
{
    // Protected, for RegisterComponents of the derived classes to find.
    protected readonly Parameter scale = Parameter(ones([]));
    protected readonly Parameter log_temperature = Parameter(full([], Math.Log(0.5)));

    public override (Tensor Loss, Tensor? TuningLoss) forward(SigmoidBeliefNetwork model, Tensor x)
    {
        var logits = model.Posterior(x);
        var phi = logits.detach().requires_grad_(); // c's slopes are differentiated again, but not into the encoder
        var q = phi.sigmoid();
        var u = rand_like(phi);
        var z = phi + Logistic(u);
        var b = (z > 0).to(z.dtype);
        var v = ConditionalNoise(u, b, q.detach());
        var zGivenB = phi + Logistic(where(b > 0, 1 - q + v * q, v * (1 - q)));

        var f = model.Elbo(x, phi.detach(), b);
        var (c, cGivenB) = (Control(model, x, phi, z), Control(model, x, phi, zGivenB));
        var slope = autograd.grad([(c - cGivenB).sum()], [phi], retain_graph: true, create_graph: true)[0];
        var signal = Centered(f.detach(), model, x) - cGivenB;
        var gradient = signal.unsqueeze(-1) * (b - q.detach()) + slope;
        return (Surrogate(f, gradient, logits), gradient.square().mean());
    }

    /// <summary>The uniform noise of z given b.</summary>
    private protected abstract Tensor ConditionalNoise(Tensor u, Tensor b, Tensor q);

    /// <summary>c(z) <c>[B]</c>.</summary>
    private protected abstract Tensor Control(SigmoidBeliefNetwork model, Tensor x, Tensor phi, Tensor z);

    /// <summary>f without its baseline, where there is one.</summary>
    private protected virtual Tensor Centered(Tensor f, SigmoidBeliefNetwork model, Tensor x) => f;

    /// <summary>The scaled objective at the relaxation that tends to the mean as its temperature grows.</summary>
    private protected Tensor Relaxed(SigmoidBeliefNetwork model, Tensor x, Tensor phi, Tensor z)
    {
        var temperature = log_temperature.exp();
        var y = sigmoid(z / temperature + phi * temperature / (temperature + 1));
        return scale * model.Elbo(x, phi.detach(), y);
    }
}
