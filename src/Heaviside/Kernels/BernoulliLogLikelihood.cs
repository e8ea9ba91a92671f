using System.Runtime.Intrinsics;
using Heaviside.Numerics;

namespace Heaviside.Kernels;

/// <summary>The log-probability of independent bits, sum_d x_d l_d - log(1 + e^l_d), in one pass; linear in each x_d between 0 and 1.</summary>
/// <remarks>Values and logits may repeat: the one with fewer leading dimensions is used again for each index of the others. An infinite
/// logit counts as one of 1e30 and gets no gradient.</remarks>
internal sealed class BernoulliLogLikelihood : Function
{
    private const float Infinite = (float)Precision.Infinite;
    private static readonly BernoulliLogLikelihood Instance = new();

    /// <summary>The log-probability, in nats.</summary>
    /// <param name="x">Values in [0, 1], shape <c>[B, D]</c> or that of the logits.</param>
    /// <param name="logits">Shape <c>[P, B, D]</c>, or the last dimensions of x.</param>
    /// <returns>Shape <c>[P, B]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    internal static Tensor Of(Tensor x, Tensor logits)
    {
        if (logits.dim() < x.dim()) Shape.RequireSuffix(x, logits.shape);
        else Shape.RequireSuffix(logits, x.shape);
        if (!Fast.CanLoop(logits) || !Fast.CanLoop(x)) return OfEach(x, Finite(logits)).sum(-1);
        return torch.is_grad_enabled() && (logits.requires_grad || x.requires_grad) ? Instance.Apply(logits, x)[0] : Values(x, logits);
    }

    // As (x - 1[l > 0]) l - log(1 + e^-|l|), of which nothing cancels; what |l| is made of has a derivative at 0.
    /// <summary>x l - log(1 + e^l) of each bit, by torch's operators.</summary>
    /// <param name="x">Values in [0, 1].</param>
    /// <param name="l">Finite log-odds.</param>
    internal static Tensor OfEach(Tensor x, Tensor l)
    {
        var isPositive = l.gt(0);
        return ((x - isPositive.to(l.dtype)) * l) - torch.where(isPositive, -l, l).softplus();
    }

    // Where no derivative will be asked for.
    private static Tensor Values(Tensor x, Tensor logits)
    {
        var result = Fast.New(Longer(x, logits)[..^1]);
        Rows(logits, x, result, null);
        return result;
    }

    private static long[] Longer(Tensor x, Tensor logits) => logits.dim() < x.dim() ? x.shape : logits.shape;

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (logits, x) = (inputs[0], inputs[1]);
        var shape = Longer(x, logits);
        if (!context.NeedsGradient(0))
        {
            context.SaveForBackward(logits, x);
            return [Values(x, logits)];
        }

        var (result, residual) = (Fast.New(shape[..^1]), Fast.New(shape));
        Rows(logits, x, result, residual);
        context.SaveForBackward(logits, x, residual);
        return [result];
    }

    // dL/dl = g (x - sigmoid(l)) and dL/dx = g l, each summed over where it was used again.
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (logits, x, g) = (context.Saved[0], context.Saved[1], gradients[0]!);
        var dl = context.NeedsGradient(0) ? Shape.SumTo(g.unsqueeze(-1) * (torch.is_grad_enabled() ? x - logits.sigmoid() : context.Saved[^1]), logits) : null;
        var dx = context.NeedsGradient(1) ? Shape.SumTo(g.unsqueeze(-1) * Finite(logits), x) : null;
        return [dl, dx];
    }

    // The residual of each value too, if there is room for it.
    private static void Rows(Tensor logits, Tensor x, Tensor result, Tensor? residual)
    {
        var (l, target, sums) = (new FloatRows(logits), new FloatRows(x), new FloatRows(result, 1));
        if (residual is null)
        {
            Fast.ForRows(sums.Count, l.Size, row => sums[row][0] = Row(l[row], target[row], default));
            return;
        }

        var rest = new FloatRows(residual);
        Fast.ForRows(sums.Count, l.Size, row => sums[row][0] = Row(l[row], target[row], rest[row]));
    }

    // Stable for any l: with e = exp(-|l|), softplus(l) = max(l, 0) + log(1 + e) and sigmoid(|l|) = 1 / (1 + e). The sum of the
    // logarithms is that of a product, each factor at most 2: one logarithm serves many values.
    private static float Row(ReadOnlySpan<float> l, ReadOnlySpan<float> x, Span<float> residual)
    {
        const int Factors = 64;
        var (sum, product, factors, i) = (Vector256<float>.Zero, Vector256<float>.One, 0, 0);
        for (; i <= l.Length - 8; i += 8)
        {
            var (logit, target) = (Finite(Vector256.Create(l[i..])), Vector256.Create(x[i..]));
            var e = Vector256.Exp(-Vector256.Abs(logit));
            sum += (target * logit) - Vector256.Max(logit, Vector256<float>.Zero);
            product *= Vector256<float>.One + e;
            if (++factors == Factors) (sum, product, factors) = (sum - Vector256.Log(product), Vector256<float>.One, 0);
            if (!residual.IsEmpty) Residual(logit, target, e).CopyTo(residual[i..]);
        }

        var total = Vector256.Sum(sum - Vector256.Log(product));
        for (; i < l.Length; i++)
        {
            var (logit, target) = (Finite(Vector256.CreateScalar(l[i])), Vector256.CreateScalar(x[i]));
            var e = Vector256.Exp(-Vector256.Abs(logit));
            total += (x[i] * logit.ToScalar()) - MathF.Max(logit.ToScalar(), 0) - MathF.Log(1 + e.ToScalar());
            if (!residual.IsEmpty) residual[i] = Residual(logit, target, e).ToScalar();
        }

        return total;
    }

    private static Tensor Finite(Tensor logits) => torch.where(logits.isinf(), logits.clamp(-Precision.Infinite, Precision.Infinite), logits);

    private static Vector256<float> Finite(Vector256<float> l) => Vector256.ConditionalSelect(
        Vector256.Equals(Vector256.Abs(l), Vector256.Create(float.PositiveInfinity)), Vector256.CopySign(Vector256.Create(Infinite), l), l);

    // x - sigmoid(l); 0 where the logit was infinite.
    private static Vector256<float> Residual(Vector256<float> l, Vector256<float> x, Vector256<float> e)
    {
        var inverse = Vector256<float>.One / (Vector256<float>.One + e);
        var sigmoid = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(l, Vector256<float>.Zero), inverse, e * inverse);
        return Vector256.ConditionalSelect(Vector256.Equals(Vector256.Abs(l), Vector256.Create(Infinite)), Vector256<float>.Zero, x - sigmoid);
    }
}
