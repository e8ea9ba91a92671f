using TorchSharp.Modules;

namespace Heaviside.Regularizers;

/// <summary>While it lives, batch norm in a network normalizes as before but leaves its running statistics as they are.</summary>
/// <remarks>Momentum 0 moves no statistics; to write them back would spoil a backward pass, which holds them.</remarks>
internal sealed class FrozenStatistics : IDisposable
{
    private readonly List<(NormBase Norm, double? Momentum, Tensor? Count)> frozen;

    internal FrozenStatistics(Module network)
    {
        frozen = [.. network.SelfAndModules().OfType<NormBase>().Select(norm => (norm, norm.momentum, norm.num_batches_tracked?.clone().DetachFromDisposeScope()))];
        foreach (var (norm, _, _) in frozen) norm.momentum = 0;
    }

    public void Dispose()
    {
        using var _ = torch.no_grad();
        foreach (var (norm, momentum, count) in frozen)
        {
            norm.momentum = momentum;
            if (count is null) continue;
            using (count) norm.num_batches_tracked!.copy_(count);
        }
    }
}
