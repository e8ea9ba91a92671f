using System.Runtime.Intrinsics;
using Heaviside.Numerics;

namespace Heaviside.Kernels;

/// <summary>sigmoid((l + noise) / temperature), a draw of relaxed bits, and its derivative with respect to l: each in one pass.</summary>
internal sealed class RelaxedBits : Function
{
    private readonly float scale;

    private RelaxedBits(double temperature) => scale = (float)(1 / temperature);

    /// <summary>The draw, shape of the noise.</summary>
    /// <param name="logits">Shape <c>[...]</c>.</param>
    /// <param name="noise">Without a gradient; its last dimensions are those of the logits.</param>
    /// <param name="temperature">Greater than 0.</param>
    internal static Tensor Of(Tensor logits, Tensor noise, double temperature) => Fast.CanLoop(logits) && Fast.CanLoop(noise) && !noise.requires_grad
        ? new RelaxedBits(temperature).Apply(logits, noise)[0]
        : ((logits + noise) / temperature).sigmoid();

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var y = Fast.New(inputs[1].shape);
        var size = (int)inputs[0].size(-1);
        var (l, noise, to) = (new FloatRows(inputs[0]), new FloatRows(inputs[1], size), new FloatRows(y, size));
        Fast.ForRows(to.Count, size, row => Sigmoid(l[row], noise[row], to[row]));
        context.SaveForBackward(inputs[0], inputs[1], y);
        return [y];
    }

    // dL/dl = g y (1 - y) / temperature, summed over the draws
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (logits, noise, saved, g) = (context.Saved[0], context.Saved[1], context.Saved[2], gradients[0]!);
        if (torch.is_grad_enabled())
        {
            var y = ((logits + noise) * scale).sigmoid();
            return [Shape.SumTo(g * y * (1 - y) * scale, logits), null];
        }

        var slopes = torch.zeros(logits.shape, ScalarType.Float32);
        var size = (int)logits.size(-1);
        var (sum, upstream, outputs) = (new FloatRows(slopes), new FloatRows(g, size), new FloatRows(saved, size));
        Fast.ForRows(sum.Count, outputs.Count / sum.Count * size, row =>
        {
            for (var draw = row; draw < outputs.Count; draw += sum.Count) AddSlope(upstream[draw], outputs[draw], sum[row]);
        });
        return [slopes, null];
    }

    private void Sigmoid(ReadOnlySpan<float> l, ReadOnlySpan<float> noise, Span<float> y)
    {
        var i = 0;
        for (; i <= l.Length - 8; i += 8) Sigmoid(Vector256.Create(l[i..]), Vector256.Create(noise[i..])).CopyTo(y[i..]);
        for (; i < l.Length; i++) y[i] = Sigmoid(Vector256.CreateScalar(l[i]), Vector256.CreateScalar(noise[i])).ToScalar();
    }

    // With e = exp(-|v|), which cannot overflow, sigmoid(|v|) = 1 / (1 + e).
    private Vector256<float> Sigmoid(Vector256<float> l, Vector256<float> noise)
    {
        var v = (l + noise) * scale;
        var e = Vector256.Exp(-Vector256.Abs(v));
        var inverse = Vector256<float>.One / (Vector256<float>.One + e);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(v, Vector256<float>.Zero), inverse, e * inverse);
    }

    private void AddSlope(ReadOnlySpan<float> g, ReadOnlySpan<float> y, Span<float> slope)
    {
        var i = 0;
        for (; i <= g.Length - 8; i += 8)
        {
            var v = Vector256.Create(y[i..]);
            (Vector256.Create<float>(slope[i..]) + (Vector256.Create(g[i..]) * v * (Vector256<float>.One - v) * scale)).CopyTo(slope[i..]);
        }

        for (; i < g.Length; i++) slope[i] += g[i] * y[i] * (1 - y[i]) * scale;
    }
}
