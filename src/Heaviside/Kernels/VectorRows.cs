using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>The rows of a tensor of 32-bit floats in CPU memory, each of whole vectors.</summary>
/// <remarks>Its last dimension is that of a row. Valid while the tensor is, which a dispose scope must hold; one whose elements do not lie in row-major order is copied.</remarks>
internal readonly unsafe struct VectorRows
{
    /// <summary>The numbers of a vector.</summary>
    internal const int Lanes = 8;

    private readonly Tensor owner;
    private readonly Vector256<float>* elements;

    /// <summary>Rows of the size of the last dimension, a multiple of <see cref="Lanes"/>.</summary>
    internal VectorRows(Tensor t)
    {
        owner = t.is_contiguous() ? t : t.contiguous();
        Size = (int)(t.size(-1) / Lanes);
        fixed (float* p = owner.AsSpan<float>()) elements = (Vector256<float>*)p;
    }

    /// <summary>The vectors of each.</summary>
    internal int Size { get; }

    /// <summary>A row.</summary>
    internal Row this[long row] => new(elements + (row * Size));

    /// <summary>A row, whose bounds nobody checks.</summary>
    internal readonly struct Row(Vector256<float>* elements)
    {
        /// <summary>A vector of it.</summary>
        internal ref Vector256<float> this[int i] => ref elements[i];
    }
}
