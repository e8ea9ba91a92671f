using System.Runtime.Intrinsics;
using Row = Heaviside.Kernels.VectorRows.Row;

namespace Heaviside.Kernels;

/// <summary>What <see cref="ReluMessages"/> does to a row of an edge before and after the products.</summary>
internal readonly unsafe struct MessageRows
{
    private static readonly Vector256<int> Bits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);

    private readonly VectorRows receivers, senders, constant;
    private readonly float* weights;
    private readonly byte* isActive;

    /// <param name="r">What receivers add to the first layer, <c>[..., H]</c>.</param>
    /// <param name="s">What senders add.</param>
    /// <param name="b">The constant of the second layer, <c>[H]</c>.</param>
    /// <param name="weights">The weights of edges, <c>[E]</c>.</param>
    /// <param name="isActive">A bit of each number of the second layer, <c>[rows, H / 8]</c>.</param>
    internal MessageRows(Tensor r, Tensor s, Tensor b, Tensor weights, Tensor isActive)
    {
        (receivers, senders, constant) = (new(r), new(s), new(b));
        fixed (float* p = Fast.Read(weights)) this.weights = p;
        fixed (byte* p = isActive.AsSpan<byte>()) this.isActive = p;
    }

    /// <summary>h = relu(r + s).</summary>
    internal void Join(EdgeRow row, Row h)
    {
        var (x, y) = (receivers[row.Receiver], senders[row.Sender]);
        for (var i = 0; i < constant.Size; i++) h[i] = Relu(x[i] + y[i]);
    }

    /// <summary>Adds w relu(a + b) to a sum, and keeps where a + b is positive.</summary>
    internal void Activate(EdgeRow row, Row a, Row sum)
    {
        var (c, w) = (constant[0], weights[row.Edge]);
        var bits = BitsOf(row);
        for (var i = 0; i < bits.Length; i++)
        {
            var value = a[i] + c[i];
            bits[i] = (byte)Vector256.GreaterThan(value, Vector256<float>.Zero).ExtractMostSignificantBits();
            sum[i] += w * Relu(value);
        }
    }

    /// <summary>u = 1[a + b > 0] dy and w h, and w u added to db.</summary>
    /// <returns>u . b.</returns>
    internal float Deactivate(EdgeRow row, Row dy, Row u, Row wh, Row db)
    {
        var (x, y, c, w, slope) = (receivers[row.Receiver], senders[row.Sender], constant[0], weights[row.Edge], Vector256<float>.Zero);
        var bits = BitsOf(row);
        for (var i = 0; i < bits.Length; i++)
        {
            var du = Vector256.Equals(Vector256.Create((int)bits[i]) & Bits, Bits).AsSingle() & dy[i];
            u[i] = du;
            wh[i] = w * Relu(x[i] + y[i]);
            db[i] += w * du;
            slope += du * c[i];
        }

        return Vector256.Sum(slope);
    }

    /// <summary>1[h > 0] w d, which is added to dr and to ds.</summary>
    /// <returns>d . h.</returns>
    internal float Disjoin(EdgeRow row, Row d, Row dr, Row ds)
    {
        var (x, y, w, slope) = (receivers[row.Receiver], senders[row.Sender], weights[row.Edge], Vector256<float>.Zero);
        for (var i = 0; i < constant.Size; i++)
        {
            var sum = x[i] + y[i];
            slope += d[i] * Relu(sum);
            var dh = Vector256.GreaterThan(sum, Vector256<float>.Zero) & (w * d[i]);
            dr[i] += dh;
            ds[i] += dh;
        }

        return Vector256.Sum(slope);
    }

    private Span<byte> BitsOf(EdgeRow row) => new(isActive + (row.Index * constant.Size), constant.Size);

    // What is no number stays none.
    private static Vector256<float> Relu(Vector256<float> x) => Vector256.AndNot(x, Vector256.LessThan(x, Vector256<float>.Zero));
}
