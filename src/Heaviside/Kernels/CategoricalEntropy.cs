using Heaviside.Numerics;

namespace Heaviside.Kernels;

/// <summary>The entropy of softmax(x) over the last dimension, log sum_k e^x_k - sum_k p_k x_k, in nats.</summary>
internal sealed class CategoricalEntropy : Function
{
    // Stands in for the logarithm of probability 0 where it is multiplied by that 0.
    private const double LogZero = -Precision.Infinite;

    private static readonly CategoricalEntropy Instance = new();

    /// <summary>The entropies, the shape of x without its last dimension.</summary>
    internal static Tensor Of(Tensor x) => Fast.CanLoop(x) ? Instance.Apply(x)[0] : ByOperators(x);

    // With d = x - max and the largest probability 1 - r: H = -log(1 - r) - sum p d. Both terms are positive, and r, the sum of the other
    // probabilities, has all its digits where the largest is nearly 1.
    /// <summary>The same by torch's operators, whose sums of many classes are more exact.</summary>
    internal static Tensor ByOperators(Tensor x)
    {
        using var index = x.detach().argmax(-1, keepdim: true);
        var (p, d) = (x.softmax(-1), (x - x.gather(-1, index)).clamp_min(LogZero));
        var others = 1 - torch.zeros_like(p).ScatterOnes(index);
        return -(-(p * others).sum(-1)).log1p() - (p * d).sum(-1);
    }

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var x = inputs[0];
        var (p, entropy) = (Fast.New(x.shape), Fast.New(x.shape[..^1]));
        var classes = (int)x.size(-1);
        var logits = Fast.Read(x);
        var probs = p.AsSpan<float>();
        var h = entropy.AsSpan<float>();
        Softmax.Rows(logits, probs, classes, 1);
        for (int r = 0, i = 0; r < logits.Length; r += classes, i++)
        {
            var mean = Center(logits.Slice(r, classes), probs.Slice(r, classes)).Mean;
            h[i] = LogOfInverse(probs.Slice(r, classes)) - mean;
        }

        context.SaveForBackward(x, p, entropy);
        return [entropy];
    }

    // dH/dx_k = -p_k (log p_k + H)
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (x, p, entropy, g) = (context.Saved[0], context.Saved[1], context.Saved[2], gradients[0]!);
        if (torch.is_grad_enabled())
        {
            var logP = x.log_softmax(-1).clamp_min(LogZero);
            return [-(g * entropy).unsqueeze(-1) * x.softmax(-1) - (g.unsqueeze(-1) * x.softmax(-1) * logP)];
        }

        var result = Fast.New(x.shape);
        var classes = (int)x.size(-1);
        var logits = Fast.Read(x);
        var probs = Fast.Read(p);
        var dh = Fast.Read(g);
        var dx = result.AsSpan<float>();
        for (int r = 0, i = 0; r < logits.Length; r += classes, i++)
        {
            // log p_k + H = d_k - sum_j p_j d_j
            var (max, mean) = Center(logits.Slice(r, classes), probs.Slice(r, classes));
            for (var k = r; k < r + classes; k++)
                dx[k] = probs[k] > 0 ? -dh[i] * probs[k] * (logits[k] - max - mean) : 0;
        }

        return [result];
    }

    // -log(1 - r), r the sum of all probabilities but the largest.
    private static float LogOfInverse(ReadOnlySpan<float> probs)
    {
        var (largest, rest) = (0f, 0f);
        foreach (var p in probs)
        {
            rest += MathF.Min(p, largest);
            largest = MathF.Max(p, largest);
        }

        const float Series = 1e-4f; // below it r^3 is less than a rounding
        return rest < Series ? rest + (rest * rest / 2) : (float)-Math.Log(1 - (double)rest);
    }

    // The largest logit, and the mean of the logits less it; a class of probability 0 has no part in the mean.
    private static (float Max, float Mean) Center(ReadOnlySpan<float> logits, ReadOnlySpan<float> probs)
    {
        var max = float.NegativeInfinity;
        foreach (var x in logits) max = MathF.Max(max, x);
        var mean = 0f;
        for (var k = 0; k < logits.Length; k++)
            if (probs[k] > 0) mean += probs[k] * (logits[k] - max);
        return (max, mean);
    }
}
