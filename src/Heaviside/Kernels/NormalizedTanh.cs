using System.Runtime.Intrinsics;
using BatchNorm1d = TorchSharp.Modules.BatchNorm1d;

namespace Heaviside.Kernels;

/// <summary>tanh of batch norm over rows, with the batch's own statistics, and its derivative: each in one loop where torch has several operators.</summary>
internal sealed class NormalizedTanh : Function
{
    private readonly double epsilon;

    private NormalizedTanh(double epsilon) => this.epsilon = epsilon;

    /// <summary>tanh(norm(x)), shape <c>[R, C]</c> as x; in training the running statistics move as they do in the module.</summary>
    internal static Tensor Of(BatchNorm1d norm, Tensor x)
    {
        if (!norm.training || x.dim() != 2 || x.size(0) < 2 || !Fast.CanLoop(x) || norm.weight is null) return norm.call(x).tanh();
        var outputs = new NormalizedTanh(norm.eps).Apply(x, norm.weight, norm.bias!);
        Track(norm, outputs[1], x.size(0));
        return outputs[0];
    }

    // The running variance is that of the population: the batch's divided by n - 1.
    private static void Track(BatchNorm1d norm, Tensor statistics, long n)
    {
        using var _ = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var momentum = norm.momentum ?? throw new ArgumentException("norm: expected one with momentum");
        norm.num_batches_tracked!.add_(1);
        norm.running_mean!.mul_(1 - momentum).add_(statistics[0], momentum);
        norm.running_var!.mul_(1 - momentum).add_(statistics[1], momentum * n / (n - 1));
    }

    // The statistics are an output only to be at hand: they get no gradient.
    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (result, statistics) = (Fast.New(inputs[0].shape), Fast.New([2, inputs[0].size(1)]));
        var (x, y) = (new FloatRows(inputs[0]), new FloatRows(result));
        var columns = x.Size;
        var mean = Mean(x, (row, sum) => Fast.Add(x[row], sum));
        var variance = Mean(x, (row, sum) => Add<SquaredDeviation>(x[row], mean, default, sum));
        float[] scale = new float[columns], shift = new float[columns];
        var weight = Fast.Read(inputs[1]);
        var bias = Fast.Read(inputs[2]);
        for (var c = 0; c < columns; c++)
        {
            scale[c] = weight[c] * InverseDeviation(variance[c]);
            shift[c] = bias[c] - (mean[c] * scale[c]);
        }

        Fast.ForRows(x.Count, columns, row => Tanh(x[row], scale, shift, y[row]));
        mean.CopyTo(statistics.AsSpan<float>());
        variance.CopyTo(statistics.AsSpan<float>()[columns..]);
        context.SaveForBackward(inputs[0], inputs[1], inputs[2], result, statistics);
        return [result, statistics];
    }

    // With n = (x - mean) / deviation and g' = g (1 - y^2): dx = weight / deviation (g' - E[g'] - n E[g' n]).
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (input, weight, bias, output, statistics, g) = (context.Saved[0], context.Saved[1], context.Saved[2], context.Saved[3], context.Saved[4], gradients[0]!);
        if (torch.is_grad_enabled())
        {
            var again = torch.nn.functional.batch_norm(input, null, null, weight, bias, training: true, 0, epsilon).tanh();
            return Autograd.GradOrNull([again], [input, weight, bias], [g], createGraph: true);
        }

        var result = Fast.New(input.shape);
        var (x, y, upstream, slopes) = (new FloatRows(input), new FloatRows(output), new FloatRows(g), new FloatRows(result));
        var (columns, rows) = (x.Size, x.Count);
        float[] mean = [.. statistics.AsSpan<float>()[..columns]], variance = [.. statistics.AsSpan<float>()[columns..]];
        var ofSlopes = Mean(x, (row, sum) =>
        {
            Slope(upstream[row], y[row], slopes[row]);
            Fast.Add(slopes[row], sum);
        });
        var ofProducts = Mean(x, (row, sum) => Add<ProductWithDeviation>(x[row], mean, slopes[row], sum));

        // dx = a g' + b x + c, with numbers a, b and c of each column.
        var (dw, db) = (Fast.New([columns]), Fast.New([columns]));
        var w = Fast.Read(weight);
        var dWeight = dw.AsSpan<float>();
        var dBias = db.AsSpan<float>();
        float[] a = new float[columns], b = new float[columns], constant = new float[columns];
        for (var c = 0; c < columns; c++)
        {
            var inverse = InverseDeviation(variance[c]);
            (dWeight[c], dBias[c]) = (rows * ofProducts[c] * inverse, rows * ofSlopes[c]);
            a[c] = w[c] * inverse;
            b[c] = -a[c] * inverse * inverse * ofProducts[c];
            constant[c] = -(a[c] * ofSlopes[c]) - (b[c] * mean[c]);
        }

        Fast.ForRows(rows, columns, row => Combine(x[row], a, b, constant, slopes[row]));
        return [result, dw, db];
    }

    private float InverseDeviation(float variance) => (float)(1 / Math.Sqrt(variance + epsilon));

    private static float[] Mean(FloatRows x, Action<int, Span<float>> add) =>
        Array.ConvertAll(Fast.Sum(x.Count, x.Size, add), sum => (float)(sum / x.Count));

    private static void Add<TTerm>(ReadOnlySpan<float> x, ReadOnlySpan<float> ofColumn, ReadOnlySpan<float> second, Span<float> sum)
        where TTerm : struct, ITerm
    {
        var c = 0;
        for (; c <= x.Length - 8; c += 8)
        {
            var of = ofColumn.IsEmpty ? default : Vector256.Create(ofColumn[c..]);
            var other = second.IsEmpty ? default : Vector256.Create(second[c..]);
            (Vector256.Create<float>(sum[c..]) + default(TTerm).Of(Vector256.Create(x[c..]), of, other)).CopyTo(sum[c..]);
        }

        for (; c < x.Length; c++)
        {
            var of = ofColumn.IsEmpty ? default : Vector256.CreateScalar(ofColumn[c]);
            var other = second.IsEmpty ? default : Vector256.CreateScalar(second[c]);
            sum[c] += default(TTerm).Of(Vector256.CreateScalar(x[c]), of, other).ToScalar();
        }
    }

    private static void Tanh(ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y)
    {
        var c = 0;
        for (; c <= x.Length - 8; c += 8)
        {
            // tanh(v) = sign(v) (1 - e) / (1 + e) with e = exp(-2 |v|), which cannot overflow
            var v = (Vector256.Create(x[c..]) * Vector256.Create(scale[c..])) + Vector256.Create(shift[c..]);
            var e = Vector256.Exp(-2f * Vector256.Abs(v));
            var size = (Vector256<float>.One - e) / (Vector256<float>.One + e);
            Vector256.ConditionalSelect(Vector256.LessThan(v, Vector256<float>.Zero), -size, size).CopyTo(y[c..]);
        }

        for (; c < x.Length; c++) y[c] = MathF.Tanh((x[c] * scale[c]) + shift[c]);
    }

    private static void Slope(ReadOnlySpan<float> g, ReadOnlySpan<float> y, Span<float> slope)
    {
        var c = 0;
        for (; c <= g.Length - 8; c += 8)
        {
            var v = Vector256.Create(y[c..]);
            (Vector256.Create(g[c..]) * (Vector256<float>.One - (v * v))).CopyTo(slope[c..]);
        }

        for (; c < g.Length; c++) slope[c] = g[c] * (1 - (y[c] * y[c]));
    }

    private static void Combine(ReadOnlySpan<float> x, ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> constant, Span<float> slope)
    {
        var c = 0;
        for (; c <= x.Length - 8; c += 8)
            ((Vector256.Create(a[c..]) * Vector256.Create<float>(slope[c..])) + (Vector256.Create(b[c..]) * Vector256.Create(x[c..])) + Vector256.Create(constant[c..])).CopyTo(slope[c..]);
        for (; c < x.Length; c++) slope[c] = (a[c] * slope[c]) + (b[c] * x[c]) + constant[c];
    }

    /// <summary>What is averaged: a term of an element, its column's number, and a second element.</summary>
    private interface ITerm
    {
        Vector256<float> Of(Vector256<float> x, Vector256<float> ofColumn, Vector256<float> second);
    }

    private readonly struct SquaredDeviation : ITerm
    {
        public Vector256<float> Of(Vector256<float> x, Vector256<float> ofColumn, Vector256<float> second) => (x - ofColumn) * (x - ofColumn);
    }

    private readonly struct ProductWithDeviation : ITerm
    {
        public Vector256<float> Of(Vector256<float> x, Vector256<float> ofColumn, Vector256<float> second) => (x - ofColumn) * second;
    }
}
