namespace Heaviside.Torch;

/// <summary>A kind of device; the values are libtorch's own.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,
}
