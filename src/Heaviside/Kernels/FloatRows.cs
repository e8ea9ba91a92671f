
namespace Heaviside.Kernels;

/// <summary>The rows of a tensor of 32-bit floats in CPU memory, for loops on several threads.</summary>
/// <remarks>Its last dimension is that of a row. Valid while the tensor is; one whose elements do not lie in row-major order is copied.</remarks>
internal readonly unsafe struct FloatRows
{
    private readonly Tensor owner;
    private readonly float* elements;

    /// <summary>Rows of the size of the last dimension, or of a given one.</summary>
    internal FloatRows(Tensor t, int? size = null)
    {
        owner = t.is_contiguous() ? t : t.contiguous();
        Size = size ?? (int)t.size(-1);
        Count = Size == 0 ? 0 : (int)(t.numel() / Size);
        fixed (float* p = owner.AsSpan<float>()) elements = p;
    }

    /// <summary>The number of rows.</summary>
    internal int Count { get; }

    /// <summary>The numbers in each.</summary>
    internal int Size { get; }

    /// <summary>A row; rows are counted on from the first again where others have more of them.</summary>
    internal Span<float> this[int row]
    {
        get
        {
            var span = new Span<float>(elements + ((long)(row % Count) * Size), Size);
            GC.KeepAlive(owner);
            return span;
        }
    }
}
