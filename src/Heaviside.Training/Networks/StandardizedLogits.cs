using TorchSharp.Utils;
using BatchNorm1d = TorchSharp.Modules.BatchNorm1d;

namespace Heaviside.Networks;

/// <summary>Logits [B, K] with mean 0 and deviation 1 over the batch, times one learned scale: every class is the likeliest of some examples.</summary>
/// <remarks>Batch norm without shift; a batch of one example is standardized by the running statistics.</remarks>
internal sealed class StandardizedLogits : torch.nn.Module<Tensor, Tensor>
{
    private const double InitialScale = 3;
    private readonly BatchNorm1d norm;
    [ComponentName(Name = "log_scale")] private readonly Tensor logScale;

    internal StandardizedLogits(long classes, Generator rng)
        : base(nameof(StandardizedLogits))
    {
        norm = this.AddModule("norm", torch.nn.BatchNorm1d(classes, affine: false, device: rng.device));
        logScale = this.AddParameter("log_scale", torch.full([], Math.Log(InitialScale), torch.float32, rng.device));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var isOne = norm.training && input.size(0) == 1;
        if (isOne) norm.eval();
        var standardized = norm.call(input);
        if (isOne) norm.train();
        return standardized * logScale.exp();
    }
}
