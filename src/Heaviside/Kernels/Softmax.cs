using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>softmax(x / temperature) over the last dimension; torch's own is slow for few classes.</summary>
internal sealed class Softmax : Function
{
    private readonly float scale;

    private Softmax(double temperature) => scale = (float)(1 / temperature);

    /// <summary>softmax(x / temperature), shape of x.</summary>
    internal static Tensor Of(Tensor x, double temperature = 1) =>
        Fast.CanLoop(x) ? new Softmax(temperature).Apply(x)[0] : (x / temperature).softmax(-1);

    /// <summary>Rows of <paramref name="x"/>, each of <paramref name="classes"/> numbers, into rows of probabilities.</summary>
    internal static void Rows(ReadOnlySpan<float> x, Span<float> y, int classes, float scale)
    {
        for (var r = 0; r < x.Length; r += classes)
        {
            var row = x.Slice(r, classes);
            var result = y.Slice(r, classes);
            var max = float.NegativeInfinity;
            foreach (var value in row) max = MathF.Max(max, value);
            for (var k = 0; k < row.Length; k++) result[k] = (row[k] - max) * scale;
        }

        Exponentiate(y);
        for (var r = 0; r < y.Length; r += classes)
        {
            var result = y.Slice(r, classes);
            var sum = 0f;
            foreach (var value in result) sum += value;
            var inverse = 1 / sum;
            foreach (ref var value in result) value *= inverse;
        }
    }

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var y = Fast.New(inputs[0].shape);
        Rows(Fast.Read(inputs[0]), y.AsSpan<float>(), (int)y.size(-1), scale);
        context.SaveForBackward(y);
        return [y];
    }

    // dL/dx = y (g - sum_k g_k y_k) / temperature
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (y, g) = (context.Saved[0], gradients[0]!);
        if (torch.is_grad_enabled()) return [y * (g - (g * y).sum(-1, keepdim: true)) * scale];
        var result = Fast.New(y.shape);
        var classes = (int)y.size(-1);
        var p = Fast.Read(y);
        var dy = Fast.Read(g);
        var dx = result.AsSpan<float>();
        for (var r = 0; r < p.Length; r += classes)
        {
            var dot = 0f;
            for (var k = r; k < r + classes; k++) dot += dy[k] * p[k];
            for (var k = r; k < r + classes; k++) dx[k] = p[k] * (dy[k] - dot) * scale;
        }

        return [result];
    }

    private static void Exponentiate(Span<float> y)
    {
        var i = 0;
        for (; i <= y.Length - 8; i += 8) Vector256.Exp(Vector256.Create<float>(y[i..])).CopyTo(y[i..]);
        for (; i < y.Length; i++) y[i] = Vector256.Exp(Vector256.CreateScalar(y[i])).ToScalar();
    }
}
