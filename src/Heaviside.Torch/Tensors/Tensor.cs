using Heaviside.Torch.Interop;

namespace Heaviside.Torch;

/// <summary>An array of numbers with a shape, on a device, that remembers how it was computed.</summary>
/// <remarks>Holds one reference to a libtorch tensor. Dispose it, or create it inside a
/// <see cref="DisposeScope"/>; the finalizer is a safety net that comes late.</remarks>
public sealed unsafe partial class Tensor : IDisposable
{
    private nint handle;

    private Tensor(nint handle)
    {
        this.handle = handle;
        DisposeScope.Current?.Add(this);
    }

    /// <summary>Releases the native tensor if nobody disposed it.</summary>
    ~Tensor() => Release();

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor), "the tensor was disposed, by a scope perhaps");

    internal DisposeScope? Scope { get; set; }

    /// <summary>Whether the tensor was disposed, so that nothing else can be asked of it.</summary>
    public bool IsInvalid => handle == 0;

    /// <summary>The number of dimensions.</summary>
    public int dim() => Alive(Native.hv_dim(Handle));

    /// <summary>The size of each dimension.</summary>
    public long[] shape
    {
        get
        {
            var sizes = new long[dim()];
            fixed (long* p = sizes) _ = Native.hv_shape(Handle, p, sizes.Length);
            return Alive(sizes);
        }
    }

    /// <summary>How many elements apart neighbors along each dimension are.</summary>
    public long[] stride()
    {
        var strides = new long[dim()];
        fixed (long* p = strides) _ = Native.hv_strides(Handle, p, strides.Length);
        return Alive(strides);
    }

    /// <summary>The size of one dimension; negative counts from the last.</summary>
    public long size(int dimension) => shape[dimension < 0 ? dimension + dim() : dimension];

    /// <summary>The number of elements.</summary>
    public long numel() => Alive(Native.hv_numel(Handle));

    /// <summary>The type of the elements.</summary>
    public ScalarType dtype
    {
        get
        {
            var type = Native.hv_dtype(Handle);
            Native.Check(type, "dtype");
            return Alive((ScalarType)type);
        }
    }

    /// <summary>Where the elements are.</summary>
    public Device device => Alive(Device.Unpack(Native.hv_device(Handle)));

    /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
    public bool is_contiguous() => Alive(Native.hv_is_contiguous(Handle) == 1);

    /// <summary>A second object for the same native tensor, with a life of its own.</summary>
    public Tensor alias() => Own(Retain());

    /// <summary>Gives the tensor to the next outer scope.</summary>
    public Tensor MoveToOuterDisposeScope() => Scope?.MoveToOuter(this) ?? this;

    /// <summary>Takes the tensor out of all scopes: whoever holds it disposes it.</summary>
    public Tensor DetachFromDisposeScope() => DisposeScope.Detach(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        Scope = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Type, shape and device; small tensors with their elements.</summary>
    public override string ToString() => handle == 0 ? "Tensor (disposed)" : TensorFormat.Describe(this);

    /// <summary>Takes over one reference.</summary>
    /// <exception cref="TorchException">The tensor is undefined.</exception>
    internal static Tensor Own(nint handle) => OwnOrNull(handle) ?? throw new TorchException("libtorch returned an undefined tensor");

    /// <summary>Takes over one reference; an undefined tensor becomes null.</summary>
    internal static Tensor? OwnOrNull(nint handle) => handle == 0 ? null : new(handle);

    /// <summary>A handle with a reference of its own.</summary>
    internal nint Retain() => Alive(Native.hv_retain_tensor(Handle));

    /// <summary>Keeps the tensor from the collector until its native call has returned.</summary>
    private T Alive<T>(T value)
    {
        GC.KeepAlive(this);
        return value;
    }

    private void Release()
    {
        var h = Interlocked.Exchange(ref handle, 0);
        if (h != 0) Native.hv_release_tensor(h);
    }
}
