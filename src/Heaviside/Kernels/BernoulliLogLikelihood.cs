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
        if (!Fast.CanLoop(logits) || !Fast.CanLoop(x) || x.requires_grad) return ((x * logits) - logits.softplus()).sum(-1);
        return torch.is_grad_enabled() && logits.requires_grad ? Instance.Apply(logits, x)[0] : Values(x, logits);
    }

    // Where no derivative will be asked for.
    private static Tensor Values(Tensor x, Tensor logits)
    {
        var result = Fast.New(logits.shape[..^1]);
        Rows(logits, x, result, default);
        return result;
    }

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (logits, x) = (inputs[0], inputs[1]);
        var (result, residual) = (Fast.New(logits.shape[..^1]), Fast.New(logits.shape));
        Rows(logits, x, result, residual.AsSpan<float>());
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

    // The residual of each pixel too, unless there is no room for it.
    private static void Rows(Tensor logits, Tensor x, Tensor result, Span<float> residual)
    {
        var l = Fast.Read(logits);
        var target = Fast.Read(x);
        var sums = result.AsSpan<float>();
        var (pixels, rows) = ((int)logits.size(-1), (int)x.size(0));
        for (var r = 0; r < sums.Length; r++)
            sums[r] = Row(l.Slice(r * pixels, pixels), target.Slice(r % rows * pixels, pixels), residual.IsEmpty ? default : residual.Slice(r * pixels, pixels));
    }

    // Stable for any l: with e = exp(-|l|), softplus(l) = max(l, 0) + log(1 + e) and sigmoid(|l|) = 1 / (1 + e). The sum of the
    // logarithms is that of a product, each factor at most 2: one logarithm serves many pixels.
    private static float Row(ReadOnlySpan<float> l, ReadOnlySpan<float> x, Span<float> residual)
    {
        const int Factors = 64;
        var (sum, product, factors, i) = (Vector256<float>.Zero, Vector256<float>.One, 0, 0);
        for (; i <= l.Length - 8; i += 8)
        {
            var (logit, target) = (Vector256.Create(l[i..]), Vector256.Create(x[i..]));
            var e = Vector256.Exp(-Vector256.Abs(logit));
            sum += (target * logit) - Vector256.Max(logit, Vector256<float>.Zero);
            product *= Vector256<float>.One + e;
            if (++factors == Factors) (sum, product, factors) = (sum - Vector256.Log(product), Vector256<float>.One, 0);
            if (!residual.IsEmpty) (target - Sigmoid(logit, e)).CopyTo(residual[i..]);
        }

        var total = Vector256.Sum(sum - Vector256.Log(product));
        for (; i < l.Length; i++)
        {
            var logit = Vector256.CreateScalar(l[i]);
            var e = Vector256.Exp(-Vector256.Abs(logit));
            total += (x[i] * l[i]) - MathF.Max(l[i], 0) - MathF.Log(1 + e.ToScalar());
            if (!residual.IsEmpty) residual[i] = x[i] - Sigmoid(logit, e).ToScalar();
        }

        return total;
    }

    private static Vector256<float> Sigmoid(Vector256<float> l, Vector256<float> e)
    {
        var inverse = Vector256<float>.One / (Vector256<float>.One + e);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(l, Vector256<float>.Zero), inverse, e * inverse);
    }
}
