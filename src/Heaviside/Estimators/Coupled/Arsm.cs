using Heaviside.Distributions;
using Heaviside.Numerics;

namespace Heaviside.Estimators;

/// <summary>Augment-REINFORCE-swap-merge: ARM for categories, from f at the samples that swapping two classes' noise gives.</summary>
/// <remarks>
/// <para>Approximates d/dlogit_c E[f(b)] with the mean over S draws of sum_m (f(b^cm) - mean_k f(b^km)) (1/K - pi_m), where
/// pi is uniform on the simplex, b = argmin pi_k exp(-logit_k), and b^cm the same with pi_c and pi_m swapped in all
/// variables at once; requires categories, and nothing of f. A constant in f changes no draw, and the gradient of a
/// variable sums to 0. For two classes it is <see cref="Arm"/>.</para>
/// <para>The number of swaps grows as the square of the number K of classes: b^cm = b^mc is evaluated once, and swaps that change nothing are
/// not evaluated. With many classes these are most: of the points of one variable a few times K are left.</para>
/// <para>Shapes: with L layers and P = (K (K - 1) / 2 + 1) S L, Value is [P, B]; f is evaluated as one batch at [P, B, ...] or fewer points.</para>
/// <para>Reference: Yin, Yue, Zhou 2019, arXiv:1905.01413, also for several layers.</para>
/// </remarks>
/// <exception cref="UnsupportedException">The classes are so many that a batch has more than 16,777,216 swaps, or their points more than 268,435,456 numbers.</exception>
public sealed class Arsm : CoupledEstimator
{
    // In single precision the points take 1 GB then, and the values of f with their places 200 MB.
    private const long MaxSwaps = 1 << 24, MaxNumbers = 1 << 28;

    /// <summary>The points of given Gumbel noise, <c>[G, B, ..., K]</c>: minus the logarithm of pi, up to a constant.</summary>
    internal static CoupledPoints At(OneHotCategorical law, Tensor noise)
    {
        using var _ = torch.no_grad();
        var classes = (int)law.Classes;
        var (points, places) = Swap(law.Location.expand(noise.shape), noise);
        var pairs = NoiseSwaps.Pairs(classes).ToTensor([classes * classes], noise.device);
        var weight = (1.0 / classes) - (-noise).softmax(-1);
        return new(points, f =>
        {
            var each = f.flatten(2).index_select(0, pairs).unflatten(0, [classes, classes]);
            var advantage = (each - each.mean([0], keepdim: true)).permute([2, 3, 1, 0]);
            return weight.reshape([.. noise.shape[..2], Shape.Elements(noise.shape.AsSpan(2..^1)), classes]).MatMul(advantage).reshape(noise.shape);
        })
        {
            Places = places,
        };
    }

    /// <inheritdoc/>
    protected override long PointsPerDraw(FactorialDistribution law) => NoiseSwaps.Count(law.ValuesPerFactor);

    /// <inheritdoc/>
    protected override CoupledPoints Draw(FactorialDistribution law, ReadOnlySpan<long> sampleShape, Generator rng)
    {
        var categories = Require<OneHotCategorical>(law);
        return At(categories, categories.Noise(sampleShape, rng));
    }

    // The different points [D, G, B, ..., K], D as many as the example with the most has, and which of them each swap leads to, [M, G, B].
    private static (Tensor Points, Tensor Places) Swap(Tensor logits, Tensor noise)
    {
        var (shape, classes) = (noise.shape, (int)noise.size(-1));
        var (examples, swaps) = ((int)(shape[0] * shape[1]), NoiseSwaps.Count(classes));
        var numbers = (int)Shape.Elements(shape.AsSpan(2));
        if (swaps * examples > MaxSwaps) throw TooMany(classes, $"{swaps:N0} swaps of {examples:N0} examples");

        double[] l = logits.to(ScalarType.Float64).ToArray<double>(), g = noise.to(ScalarType.Float64).ToArray<double>();
        var each = Enumerable.Range(0, examples).Select(e => new NoiseSwaps(l[(e * numbers)..((e + 1) * numbers)], g[(e * numbers)..((e + 1) * numbers)], classes)).ToArray();
        var variables = numbers / classes;
        var most = each.Select(e => e.Places.Max() + 1).DefaultIfEmpty(1).Max();
        if ((long)most * examples * numbers > MaxNumbers) throw TooMany(classes, $"{most:N0} points of {examples:N0} examples with {numbers:N0} numbers each");

        var (index, places) = (new long[most * examples * variables], new long[swaps * examples]);
        for (var e = 0; e < examples; e++)
        {
            for (var d = 0; d < most; d++)
                for (var n = 0; n < variables; n++)
                {
                    var at = (d * variables) + n;
                    index[(((d * examples) + e) * variables) + n] = each[e].Points[at < each[e].Points.Count ? at : n];
                }

            for (var m = 0; m < swaps; m++) places[(m * examples) + e] = each[e].Places[m];
        }

        var points = torch.zeros([most, .. shape], noise.dtype, noise.device).ScatterOnes(index.ToTensor([most, .. shape[..^1], 1], noise.device));
        return (points, places.ToTensor([swaps, .. shape[..2]], noise.device));
    }

    private static UnsupportedException TooMany(int classes, FormattableString what) =>
        new($"the estimator arsm is for few classes: with {classes} of them a batch has {FormattableString.Invariant(what)}, which are too many; carms takes as many points as it has samples");
}
