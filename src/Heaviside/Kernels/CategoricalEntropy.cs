using Heaviside.Numerics;

namespace Heaviside.Kernels;

/// <summary>The entropy of softmax(x) over the last dimension, log sum_k e^x_k - sum_k p_k x_k, in nats.</summary>
internal sealed class CategoricalEntropy : Function
{
    // Stands in for the logarithm of probability 0 where it is multiplied by that 0.
    private const double LogZero = -Precision.Infinite;

    private static readonly CategoricalEntropy Instance = new();

    /// <summary>The entropies, the shape of x without its last dimension.</summary>
    internal static Tensor Of(Tensor x)
    {
        if (Fast.CanLoop(x)) return Instance.Apply(x)[0];
        return -(x.softmax(-1) * x.log_softmax(-1).clamp_min(LogZero)).sum(-1);
    }

    // With d = x - max and s = sum e^d: H = log s - sum e^d d / s.
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
            var (max, mean) = Center(logits.Slice(r, classes), probs.Slice(r, classes));
            var largest = 0f;
            for (var k = r; k < r + classes; k++) largest = MathF.Max(largest, probs[k]);
            h[i] = -MathF.Log(largest) - mean; // the largest probability is 1 / s
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
