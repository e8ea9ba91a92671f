using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

/// <summary>A source of random numbers with a state of its own.</summary>
public sealed class Generator : IDisposable
{
    private nint handle;

    /// <summary>A generator that starts from <paramref name="seed"/>.</summary>
    /// <param name="seed">Any number; the same seed gives the same stream.</param>
    /// <param name="device">The device of the tensors that it fills; default the CPU.</param>
    public Generator(ulong seed, Device device = default)
    {
        Device = device;
        handle = Native.Check(Native.hv_generator(device.Packed, seed), "Generator");
    }

    /// <summary>Releases the native generator.</summary>
    ~Generator() => Release();

    /// <summary>The device of the tensors that it fills.</summary>
    public Device Device { get; }

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

    /// <summary>Starts the stream of <paramref name="seed"/> anew.</summary>
    public Generator manual_seed(ulong seed)
    {
        Native.Check(Native.hv_generator_seed(Handle, seed), "manual_seed");
        return this;
    }

    /// <summary>The state as a byte tensor; <see cref="set_state"/> continues from it bit for bit.</summary>
    public Tensor get_state() => Tensor.Own(Native.Check(Native.hv_generator_state(Handle), "get_state"));

    /// <summary>Continues from a state that <see cref="get_state"/> returned.</summary>
    public void set_state(Tensor state)
    {
        Native.Check(Native.hv_generator_restore(Handle, state.Handle), "set_state");
        GC.KeepAlive(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        var h = Interlocked.Exchange(ref handle, 0);
        if (h != 0) Native.hv_release_generator(h);
    }
}
