using System.Runtime.Intrinsics;
using Heaviside.Torch;

namespace Heaviside.Kernels;

/// <summary>E(z) = -(a z1 + b z2 + z2 W z1), the energy of a restricted Boltzmann machine, for many states z = [z1, z2].</summary>
internal sealed unsafe class BilinearEnergy : Function
{
    private const int RowsOfPart = 512;
    private static readonly BilinearEnergy Instance = new();

    /// <summary>E, shape <c>[...]</c>.</summary>
    /// <param name="z">Shape <c>[..., L + R]</c>.</param>
    /// <param name="a">Shape <c>[L]</c>.</param>
    /// <param name="b">Shape <c>[R]</c>.</param>
    /// <param name="w">W, shape <c>[R, L]</c>.</param>
    internal static Tensor Of(Tensor z, Tensor a, Tensor b, Tensor w) =>
        Blas.IsAvailable && z.dim() > 1 && Fast.CanLoop(z) && Fast.CanLoop(w) ? Instance.Apply(z, a, b, w)[0] : ByOperators(z, a, b, w);

    private static Tensor ByOperators(Tensor z, Tensor a, Tensor b, Tensor w)
    {
        var sides = z.split_with_sizes([a.size(0), b.size(0)], -1);
        return -(sides[0].matmul(a) + (sides[1] * (sides[0].matmul(w.t()) + b)).sum(-1));
    }

    // The field of the right side, b + W z1, is kept.
    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (z, a, b, w) = (new FloatRows(inputs[0]), new FloatRows(inputs[1]), new FloatRows(inputs[2]), new FloatRows(inputs[3]));
        var (left, right) = (a.Size, b.Size);
        var (result, fields) = (Fast.New(inputs[0].shape[..^1]), Fast.New([z.Count, right]));
        var (energy, field) = (new FloatRows(result, 1), new FloatRows(fields));
        Team.Run((z.Count + RowsOfPart - 1) / RowsOfPart, part =>
        {
            var (from, to) = (part * RowsOfPart, Math.Min((part + 1) * RowsOfPart, z.Count));
            Blas.Multiply(to - from, right, left, 1, z.At(from), z.Size, false, w.At(0), left, true, field.At(from), right);
            for (var row = from; row < to; row++)
            {
                Fast.Add(b[0], field[row]);
                energy[row][0] = -(Dot(z[row][..left], a[0]) + Dot(z[row][left..], field[row]));
            }
        });
        context.SaveForBackward([.. inputs, fields]);
        return [result];
    }

    // With g = dL/dE: dL/dz1 = -g (a + W' z2), dL/dz2 = -g (b + W z1), dL/dW = -sum g z2 z1', dL/da = -sum g z1, dL/db = -sum g z2.
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var saved = context.Saved;
        if (torch.is_grad_enabled())
        {
            var again = ByOperators(saved[0], saved[1], saved[2], saved[3]);
            return torch.autograd.grad_or_null([again], saved[..4], [gradients[0]!], create_graph: true);
        }

        var (z, a, b, w, field, g) = (new FloatRows(saved[0]), new FloatRows(saved[1]), new FloatRows(saved[2]), new FloatRows(saved[3]), new FloatRows(saved[4]), new FloatRows(gradients[0]!, 1));
        var (left, right) = (a.Size, b.Size);
        var (dz, weighted, dw) = (Fast.New(saved[0].shape), Fast.New(saved[0].shape), Fast.New(saved[3].shape));
        var (slope, times) = (new FloatRows(dz), new FloatRows(weighted)); // times: -g z
        Team.Run((z.Count + RowsOfPart - 1) / RowsOfPart, part =>
        {
            var (from, to) = (part * RowsOfPart, Math.Min((part + 1) * RowsOfPart, z.Count));
            Blas.Multiply(to - from, left, right, 1, z.At(from) + left, z.Size, false, w.At(0), left, false, slope.At(from), z.Size);
            for (var row = from; row < to; row++)
            {
                var factor = new Times(-g[row][0]);
                Fast.Add(a[0], slope[row][..left]);
                Fast.Map(slope[row][..left], slope[row][..left], factor);
                Fast.Map(field[row], slope[row][left..], factor);
                Fast.Map(z[row], times[row], factor);
            }
        });
        const int Parts = 4;
        var ofWeight = new FloatRows(dw);
        Team.Run(Parts, part =>
        {
            var (from, to) = (part * right / Parts, (part + 1) * right / Parts);
            Blas.Multiply(to - from, left, z.Count, 1, times.At(0) + left + from, z.Size, true, z.At(0), z.Size, false, ofWeight.At(from), left);
        });
        var biases = Fast.SumRows(times, torch.empty([z.Size], ScalarType.Float32)).split_with_sizes([left, right]);
        return [dz, biases[0], biases[1], dw];
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var (sum, i) = (Vector256<float>.Zero, 0);
        for (; i <= x.Length - 8; i += 8) sum += Vector256.Create(x[i..]) * Vector256.Create(y[i..]);
        var total = Vector256.Sum(sum);
        for (; i < x.Length; i++) total += x[i] * y[i];
        return total;
    }
}
