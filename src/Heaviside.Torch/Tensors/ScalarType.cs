namespace Heaviside.Torch;

/// <summary>The type of a tensor's elements; the values are libtorch's own.</summary>
public enum ScalarType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    Byte = 0,

    /// <summary>8-bit integer.</summary>
    Int8 = 1,

    /// <summary>16-bit integer.</summary>
    Int16 = 2,

    /// <summary>32-bit integer.</summary>
    Int32 = 3,

    /// <summary>64-bit integer.</summary>
    Int64 = 4,

    /// <summary>16-bit floating point.</summary>
    Float16 = 5,

    /// <summary>32-bit floating point, the default.</summary>
    Float32 = 6,

    /// <summary>64-bit floating point.</summary>
    Float64 = 7,

    /// <summary>Complex of two 32-bit floats.</summary>
    ComplexFloat32 = 9,

    /// <summary>Complex of two 64-bit floats.</summary>
    ComplexFloat64 = 10,

    /// <summary>Truth value, one byte.</summary>
    Bool = 11,

    /// <summary>16-bit floating point with the exponent range of 32 bits.</summary>
    BFloat16 = 15,
}
