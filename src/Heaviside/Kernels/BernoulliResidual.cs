using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>g (x - sigmoid(l)), the derivative of <see cref="BernoulliLogLikelihood"/>, with the residual at hand already: for second derivatives.</summary>
internal sealed class BernoulliResidual : Function
{
    private static readonly BernoulliResidual Instance = new();

    /// <summary>The product, shape <c>[P, B, D]</c>.</summary>
    /// <param name="g">Shape <c>[P, B]</c>.</param>
    /// <param name="logits">Shape <c>[P, B, D]</c>, with their history.</param>
    /// <param name="x">Shape <c>[B, D]</c>.</param>
    /// <param name="residual">x - sigmoid(l), shape <c>[P, B, D]</c>.</param>
    internal static Tensor Times(Tensor g, Tensor logits, Tensor x, Tensor residual) => Instance.Apply(g, logits, x, residual)[0];

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.SaveForBackward(inputs[0], inputs[1], inputs[2], inputs[3]);
        return [inputs[3].mul(inputs[0].unsqueeze(-1))];
    }

    // With v the gradient: dg = sum_d v r, dl = -v g sigmoid(l) (1 - sigmoid(l)), and sigmoid(l) = x - r.
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (g, logits, x, residual, v) = (context.Saved[0], context.Saved[1], context.Saved[2], context.Saved[3], gradients[0]!);
        if (torch.is_grad_enabled())
        {
            var p = logits.sigmoid();
            return [(v * (x - p)).sum(-1), -v * g.unsqueeze(-1) * p * (1 - p), null, null];
        }

        var (dg, dl) = (Fast.New(g.shape), Fast.New(logits.shape));
        var dgs = dg.AsSpan<float>();
        var dls = dl.AsSpan<float>();
        var gs = Fast.Read(g);
        var xs = Fast.Read(x);
        var rs = Fast.Read(residual);
        var vs = Fast.Read(v);
        var (pixels, rows) = ((int)x.size(-1), (int)x.size(0));
        for (var i = 0; i < dgs.Length; i++)
        {
            var at = i * pixels;
            dgs[i] = Row(gs[i], xs.Slice(i % rows * pixels, pixels), rs.Slice(at, pixels), vs.Slice(at, pixels), dls.Slice(at, pixels));
        }

        return [dg, dl, null, null];
    }

    private static float Row(float g, ReadOnlySpan<float> x, ReadOnlySpan<float> residual, ReadOnlySpan<float> v, Span<float> dl)
    {
        var (sum, i) = (Vector256<float>.Zero, 0);
        for (; i <= x.Length - 8; i += 8)
        {
            var (r, w) = (Vector256.Create(residual[i..]), Vector256.Create(v[i..]));
            var p = Vector256.Create(x[i..]) - r;
            sum += w * r;
            (-g * w * p * (Vector256<float>.One - p)).CopyTo(dl[i..]);
        }

        var total = Vector256.Sum(sum);
        for (; i < x.Length; i++)
        {
            var p = x[i] - residual[i];
            total += v[i] * residual[i];
            dl[i] = -g * v[i] * p * (1 - p);
        }

        return total;
    }
}
