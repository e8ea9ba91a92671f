using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>c is the relaxed objective; there is a baseline as well.</summary>
internal sealed class Rebar : ControlVariateEstimator
{
    private readonly Module<Tensor, Tensor> baseline;

    internal Rebar(long pixels) : base(nameof(Rebar))
    {
        baseline = Baseline(pixels);
        RegisterComponents();
    }

    // Makes z given b the value that z has.
    private protected override Tensor ConditionalNoise(Tensor u, Tensor b, Tensor q) => where(b > 0, (u - (1 - q)) / q, u / (1 - q)).clamp(0, 1);

    private protected override Tensor Control(SigmoidBeliefNetwork model, Tensor x, Tensor phi, Tensor z) => Relaxed(model, x, phi, z);

    private protected override Tensor Centered(Tensor f, SigmoidBeliefNetwork model, Tensor x) => f - baseline.forward(model.Center(x)).squeeze(-1);
}
