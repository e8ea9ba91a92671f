using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>c is the relaxed objective plus a network of the noisy logits and the input.</summary>
internal sealed class Relax : ControlVariateEstimator
{
    private readonly Module<Tensor, Tensor> free;

    internal Relax(long pixels, long units) : base(nameof(Relax))
    {
        free = Sequential(Linear(pixels + units, 200), ReLU(), Linear(200, 200), ReLU(), Linear(200, 1));
        RegisterComponents();
    }

    private protected override Tensor ConditionalNoise(Tensor u, Tensor b, Tensor q) => rand_like(u);

    private protected override Tensor Control(SigmoidBeliefNetwork model, Tensor x, Tensor phi, Tensor z) =>
        Relaxed(model, x, phi, z) + free.forward(cat([model.Center(x), z], -1)).squeeze(-1);
}
