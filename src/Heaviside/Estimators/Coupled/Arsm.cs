using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Augment-REINFORCE-swap-merge: ARM for categories, from f at the samples that swapping two classes' noise gives.</summary>
/// <remarks>
/// <para>Approximates d/dlogit_c E[f(b)] with the mean over S draws of sum_m (f(b^cm) - mean_k f(b^km)) (1/K - pi_m), where
/// pi is uniform on the simplex, b = argmin pi_k exp(-logit_k), and b^cm the same with pi_c and pi_m swapped in all
/// variables at once; requires categories, and nothing of f. A constant in f changes no draw, and the gradient of a
/// variable sums to 0. For two classes it is <see cref="Arm"/>.</para>
/// <para>The cost grows as the square of the number K of classes: b^cm = b^mc is evaluated once.</para>
/// <para>Shapes: with L layers and P = (K (K - 1) / 2 + 1) S L, f is evaluated at [P, B, ...] as one batch; Value is [P, B].</para>
/// <para>Reference: Yin, Yue, Zhou 2019, arXiv:1905.01413, also for several layers.</para>
/// </remarks>
public sealed class Arsm : CoupledEstimator
{
    /// <summary>The points of given Gumbel noise, <c>[G, B, ..., K]</c>: minus the logarithm of pi, up to a constant.</summary>
    internal static CoupledPoints At(OneHotCategorical law, Tensor noise)
    {
        using var _ = torch.no_grad();
        var classes = (int)law.Classes;
        var (swaps, pointOf) = Swaps(classes, noise.device);
        var swapped = noise.index_select(-1, swaps.flatten()).view([.. noise.shape[..^1], swaps.size(0), classes]).movedim([-2], [0]);
        var weight = (1.0 / classes) - (-noise).softmax(-1);
        return new(law.Threshold(law.Perturb(swapped)), f =>
        {
            var each = f.flatten(2).index_select(0, pointOf).unflatten(0, [classes, classes]);
            var advantage = (each - each.mean([0], keepdim: true)).permute([2, 3, 1, 0]);
            return weight.reshape([.. noise.shape[..2], -1, classes]).MatMul(advantage).reshape(noise.shape);
        });
    }

    /// <inheritdoc/>
    protected override long PointsPerDraw(FactorialDistribution law) => (law.ValuesPerFactor * (law.ValuesPerFactor - 1) / 2) + 1;

    /// <inheritdoc/>
    protected override CoupledPoints Draw(FactorialDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var categories = Require<OneHotCategorical>(law);
        return At(categories, categories.Noise(sampleShape, rng));
    }

    // The orders of the classes [M, K], the given one first, and which of them swaps c and m, [K K].
    private static (Tensor Orders, Tensor PointOf) Swaps(int classes, Device device)
    {
        var pointOf = new long[classes, classes];
        List<long[]> orders = [Order()];
        for (var c = 0; c < classes; c++)
        {
            for (var m = c + 1; m < classes; m++)
            {
                pointOf[c, m] = pointOf[m, c] = orders.Count;
                var order = Order();
                (order[c], order[m]) = (order[m], order[c]);
                orders.Add(order);
            }
        }

        return (torch.tensor([.. orders.SelectMany(o => o)], [orders.Count, classes], device: device), torch.tensor([.. pointOf.Cast<long>()], [classes * classes], device: device));

        long[] Order() => [.. Enumerable.Range(0, classes).Select(k => (long)k)];
    }
}
