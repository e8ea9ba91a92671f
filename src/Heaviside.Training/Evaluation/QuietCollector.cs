using System.Runtime;

namespace Heaviside.Evaluation;

/// <summary>Lets the garbage collector run between training steps, and not while another thread's memory runs out in the middle of one.</summary>
/// <remarks>TorchSharp 0.107 does not keep an operator's operands alive while native code reads them: a collection that another thread starts
/// just then may finalize a number literal, or a tensor outside of all dispose scopes. A thread's own collections are harmless.</remarks>
internal sealed class QuietCollector : IDisposable
{
    private const long Budget = 192 << 20; // bytes: thousands of steps

    private bool isHolding;
    private long start;

    /// <summary>Collects if much was allocated since the last time; to be called between steps.</summary>
    internal void CollectWhenDue()
    {
        var isRunning = isHolding && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion;
        if (isRunning && GC.GetTotalAllocatedBytes() - start < Budget / 2) return;
        Dispose();
        try
        {
            isHolding = GC.TryStartNoGCRegion(Budget);
        }
        catch (InvalidOperationException)
        {
            // another run in this process holds the collector off
        }

        start = GC.GetTotalAllocatedBytes();
    }

    /// <summary>Gives the collector free.</summary>
    public void Dispose()
    {
        if (isHolding && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        isHolding = false;
    }
}
