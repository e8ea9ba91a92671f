using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

/// <summary>Switches the recording of gradients on this thread, and back when disposed.</summary>
public readonly ref struct GradModeScope
{
    private readonly int before;

    internal GradModeScope(bool on)
    {
        before = Native.hv_grad_mode();
        Native.hv_set_grad_mode(on ? 1 : 0);
    }

    /// <summary>Restores what was in force before.</summary>
    public void Dispose() => Native.hv_set_grad_mode(before);
}
