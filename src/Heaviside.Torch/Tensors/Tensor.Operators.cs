namespace Heaviside.Torch;

public sealed partial class Tensor
{
    /// <summary>Elementwise sum.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => a.add(b);

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(Tensor a, Scalar b) => a.add(b);

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(Scalar a, Tensor b) => b.add(a);

    /// <summary>Elementwise difference.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => a.sub(b);

    /// <summary>Difference with a number.</summary>
    public static Tensor operator -(Tensor a, Scalar b) => a.sub(b);

    /// <summary>Difference with a number.</summary>
    public static Tensor operator -(Scalar a, Tensor b) => b.rsub(a);

    /// <summary>Negative.</summary>
    public static Tensor operator -(Tensor a) => a.neg();

    /// <summary>Elementwise product.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => a.mul(b);

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(Tensor a, Scalar b) => a.mul(b);

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(Scalar a, Tensor b) => b.mul(a);

    /// <summary>Elementwise quotient.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => a.div(b);

    /// <summary>Quotient with a number.</summary>
    public static Tensor operator /(Tensor a, Scalar b) => a.div(b);

    /// <summary>Quotient of a number.</summary>
    public static Tensor operator /(Scalar a, Tensor b)
    {
        using var reciprocal = b.reciprocal();
        return reciprocal.mul(a);
    }

    /// <summary>The part at <paramref name="index"/> of the first dimension; negative counts from the end.</summary>
    public Tensor this[long index] => select(0, index);

    /// <summary>The part at one position of each of the first two dimensions.</summary>
    public Tensor this[long i, long j]
    {
        get
        {
            using var row = select(0, i);
            return row.select(0, j);
        }
    }

    /// <summary>The parts of the first dimension that a range names.</summary>
    public Tensor this[Range range]
    {
        get
        {
            var (start, length) = range.GetOffsetAndLength(checked((int)size(0)));
            return narrow(0, start, length);
        }
    }
}
