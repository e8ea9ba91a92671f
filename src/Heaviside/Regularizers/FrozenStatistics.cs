using Heaviside.Torch;

namespace Heaviside.Regularizers;

/// <summary>While it lives, batch norm in a network normalizes as before but leaves its running statistics as they are.</summary>
internal sealed class FrozenStatistics : IDisposable
{
    private readonly BatchNorm[] frozen;

    internal FrozenStatistics(Module network)
    {
        frozen = [.. network.modules().OfType<BatchNorm>().Where(norm => norm.updates_running_stats)];
        foreach (var norm in frozen) norm.updates_running_stats = false;
    }

    public void Dispose()
    {
        foreach (var norm in frozen) norm.updates_running_stats = true;
    }
}
