using System.Runtime.Intrinsics;
using Heaviside.Distributions;
using Heaviside.Torch;

namespace Heaviside.Kernels;

/// <summary>log p(x) of independent Bernoulli pixels, sum_d x_d l_d - log(1 + e^l_d), in one pass over the logits.</summary>
internal sealed class BernoulliLogLikelihood : Function
{
    private static readonly BernoulliLogLikelihood Instance = new();

    /// <summary>The log-likelihood, in nats.</summary>
    /// <param name="x">Values in [0, 1], shape <c>[B, D]</c>, without a gradient.</param>
    /// <param name="logits">Shape <c>[P, B, D]</c>.</param>
    /// <returns>Shape <c>[P, B]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    internal static Tensor Of(Tensor x, Tensor logits)
    {
        Shape.RequireSuffix(logits, x.shape);
        return Fast.CanLoop(logits) && Fast.CanLoop(x) && !x.requires_grad
            ? Instance.Apply(logits, x)[0]
            : ((x * logits) - logits.softplus()).sum(-1);
    }

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (logits, x) = (inputs[0], inputs[1]);
        var (result, residual) = (Fast.New(logits.shape[..^1]), Fast.New(logits.shape));
        var l = Fast.Read(logits);
        var target = Fast.Read(x);
        var difference = residual.AsSpan<float>();
        var sums = result.AsSpan<float>();
        var (pixels, rows) = ((int)logits.size(-1), (int)x.size(0));
        for (var r = 0; r < sums.Length; r++)
            sums[r] = Row(l.Slice(r * pixels, pixels), target.Slice(r % rows * pixels, pixels), difference.Slice(r * pixels, pixels));
        context.SaveForBackward(logits, x, residual);
        return [result];
    }

    // dL/dl = g (x - sigmoid(l))
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (logits, x, residual, g) = (context.Saved[0], context.Saved[1], context.Saved[2], gradients[0]!);
        return torch.is_grad_enabled()
            ? [BernoulliResidual.Times(g, logits, x, residual), null]
            : [residual.mul(g.unsqueeze(-1)), null];
    }

    // Stable for any l: with e = exp(-|l|), softplus(l) = max(l, 0) + log(1 + e) and sigmoid(|l|) = 1 / (1 + e).
    private static float Row(ReadOnlySpan<float> l, ReadOnlySpan<float> x, Span<float> residual)
    {
        var (sum, i) = (Vector256<float>.Zero, 0);
        for (; i <= l.Length - 8; i += 8)
        {
            var (value, r) = Pixels(Vector256.Create(l[i..]), Vector256.Create(x[i..]));
            sum += value;
            r.CopyTo(residual[i..]);
        }

        var total = Vector256.Sum(sum);
        for (; i < l.Length; i++)
        {
            var (value, r) = Pixels(Vector256.CreateScalar(l[i]), Vector256.CreateScalar(x[i]));
            total += value.ToScalar();
            residual[i] = r.ToScalar();
        }

        return total;
    }

    private static (Vector256<float> Value, Vector256<float> Residual) Pixels(Vector256<float> l, Vector256<float> x)
    {
        var one = Vector256<float>.One;
        var e = Vector256.Exp(-Vector256.Abs(l));
        var inverse = one / (one + e);
        var softplus = Vector256.Max(l, Vector256<float>.Zero) + Vector256.Log(one + e);
        var sigmoid = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(l, Vector256<float>.Zero), inverse, e * inverse);
        return ((x * l) - softplus, x - sigmoid);
    }
}
