using System.Runtime;

namespace Heaviside.Peers.Tests;

/// <summary>Holds garbage collections off until disposed.</summary>
/// <remarks>
/// TorchSharp 0.107 does not keep the operands of an operator alive while it runs. A collection that another thread starts just then, and a
/// test host has several, finalizes a Scalar (those of torch.optim.Adam too), or a tensor outside of dispose scopes, that native code is
/// reading. In a program of one thread a collection starts at an allocation of that thread, and there is none in between.
/// </remarks>
internal sealed class NoCollections : IDisposable
{
    private const long MostBytes = 200_000_000;

    internal NoCollections() => GC.TryStartNoGCRegion(MostBytes).ShouldBeTrue();

    public void Dispose()
    {
        // Over already where more was allocated.
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
    }
}
