using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>Whether gradients with respect to this tensor are recorded; settable on leaves.</summary>
    public bool requires_grad
    {
        get => Alive(Native.hv_requires_grad(Handle) == 1);
        set => Native.Check(Alive(Native.hv_set_requires_grad(Handle, value ? 1 : 0)), "requires_grad");
    }

    /// <summary>Whether the tensor was made by hand rather than computed from others that require gradients.</summary>
    public bool is_leaf => Alive(Native.hv_is_leaf(Handle) == 1);

    /// <summary>The gradient that <see cref="backward"/> accumulated, or null; each read is a new object.</summary>
    public Tensor? grad
    {
        get => OwnOrNull(Alive(Native.hv_get_grad(Handle)));
        set
        {
            Native.Check(Alive(Native.hv_set_grad(Handle, value?.Handle ?? 0)), "grad");
            GC.KeepAlive(value);
        }
    }

    /// <summary>Sets <see cref="requires_grad"/> and returns the tensor.</summary>
    public Tensor requires_grad_(bool on = true)
    {
        requires_grad = on;
        return this;
    }

    /// <summary>Accumulates the gradient of this tensor into the leaves that it was computed from.</summary>
    /// <param name="gradient">The gradient with respect to this tensor, of its shape; may be left out for one element.</param>
    /// <param name="retain_graph">Keep what a second backward pass needs.</param>
    /// <param name="create_graph">Make the gradients differentiable themselves.</param>
    public void backward(Tensor? gradient = null, bool retain_graph = false, bool create_graph = false)
    {
        var self = Handle;
        var g = gradient?.Handle ?? 0;
        Native.Check(
            Native.hv_backward(&self, 1, gradient is null ? null : &g, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0),
            "backward");
        GC.KeepAlive(this);
        GC.KeepAlive(gradient);
    }
}
