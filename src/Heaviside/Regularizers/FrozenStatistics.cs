using TorchSharp.Modules;

namespace Heaviside.Regularizers;

/// <summary>While it lives, a network may be called on other data: at its end batch norm's running statistics are again what they were.</summary>
internal sealed class FrozenStatistics : IDisposable
{
    private readonly List<(Tensor Statistic, Tensor Before)> kept;

    internal FrozenStatistics(Module network) => kept =
    [
        .. from norm in network.SelfAndModules().OfType<NormBase>()
           from statistic in norm.buffers()
           select (statistic, statistic.clone().DetachFromDisposeScope())
    ];

    public void Dispose()
    {
        using var _ = torch.no_grad();
        foreach (var (statistic, before) in kept)
            using (before) statistic.copy_(before);
    }
}
