using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Heaviside.Peers.Estimators;

/// <summary>Called with a network and a batch; returns the loss, and what the estimator's own parameters minimize, if it has any.</summary>
internal abstract class Estimator(string name) : Module<SigmoidBeliefNetwork, Tensor, (Tensor Loss, Tensor? TuningLoss)>(name)
{
    /// <summary>Keeps the logistic noise finite in single precision.</summary>
    private const double Least = 1e-7;

    private protected static Tensor Logistic(Tensor u) => Draw.Logistic(u, Least);

    /// <summary>A loss whose gradient is minus <paramref name="gradient"/> at the logits and that of -f everywhere else, averaged over the batch.</summary>
    private protected static Tensor Surrogate(Tensor f, Tensor gradient, Tensor logits) => -(f + (gradient.detach() * logits).sum(-1)).mean();

    /// <summary>A number for each image, from its pixels.</summary>
    private protected static Module<Tensor, Tensor> Baseline(long pixels) => Sequential(Linear(pixels, 100), Tanh(), Linear(100, 1));
}
