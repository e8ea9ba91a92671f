using MathNet.Numerics.LinearAlgebra;

namespace Heaviside.Priors.Partition;

/// <summary>The multistate Bennett acceptance ratio, MBAR: the Z of all betas at once from the samples of all betas.</summary>
/// <remarks>With f_r = -log Z_r, u_r = -beta_r w and N_t samples of beta t, f solves f_r = -log sum over all samples of
/// e^(-u_r) / sum_t N_t e^(f_t - u_t). With two betas this is bridge sampling. Reference: doi:10.1063/1.2978177.</remarks>
public sealed class MultistateBennett : TemperingEstimator
{
    private const int MostSteps = 200;

    /// <inheritdoc/>
    public override string Name => "mbar";

    /// <inheritdoc/>
    private protected override double LogRatio(IReadOnlyList<double> betas, IReadOnlyList<GainPoints> samples) => -FreeEnergies(betas, samples)[^1];

    /// <summary>f_r = -log Z_r / Z_0 of each beta, in nats.</summary>
    internal static double[] FreeEnergies(IReadOnlyList<double> betas, IReadOnlyList<GainPoints> samples)
    {
        var all = GainPoints.Join(samples);
        var totals = Vector<double>.Build.Dense([.. samples.Select(s => s.Total)]);

        // f makes sum_n log sum_t N_t e^(f_t - u_t) - sum_t N_t f_t, which is convex, least: Newton's method from the values of bridge sampling.
        var f = Vector<double>.Build.Dense(betas.Count);
        for (var r = 1; r < betas.Count; r++) f[r] = f[r - 1] - BridgeSampling.LogRatio(betas[r] - betas[r - 1], samples[r - 1], samples[r]);
        var (loss, gradient, curvature) = Expand(betas, all, totals, f);
        for (var step = 0; step < MostSteps; step++)
        {
            // f_0 is 0. Where betas have no sample in common, the curvature is 0 but for rounding.
            var size = betas.Count - 1;
            var matrix = curvature.SubMatrix(1, size, 1, size) + (Matrix<double>.Build.DenseIdentity(size) * 1e-12 * totals.Sum());
            var direction = matrix.Cholesky().Solve(-gradient.SubVector(1, size));
            var scale = 1.0;
            for (; ; scale /= 2)
            {
                var next = f.Clone();
                next.SetSubVector(1, size, f.SubVector(1, size) + (scale * direction));
                var expansion = Expand(betas, all, totals, next);
                if (!(expansion.Loss <= loss + (1e-12 * Math.Abs(loss))) && scale > 1e-6) continue;
                (f, (loss, gradient, curvature)) = (next, expansion);
                break;
            }

            if ((scale * direction).AbsoluteMaximum() < 1e-12 * (1 + f.AbsoluteMaximum())) break;
        }

        return f.ToArray();
    }

    private static (double Loss, Vector<double> Gradient, Matrix<double> Curvature) Expand(IReadOnlyList<double> betas, GainPoints all, Vector<double> totals, Vector<double> f)
    {
        var n = betas.Count;
        var logs = new double[n];
        for (var t = 0; t < n; t++) logs[t] = Math.Log(totals[t]) + f[t];
        var (p, expected, products) = (new double[n], new double[n], new double[n * n]);
        var loss = -totals.DotProduct(f);
        for (var k = 0; k < all.Values.Length; k++)
        {
            var (w, count) = (all.Values[k], all.Counts[k]);
            var largest = double.NegativeInfinity;
            for (var t = 0; t < n; t++) largest = Math.Max(largest, p[t] = logs[t] + (betas[t] * w));
            var sum = 0.0;
            for (var t = 0; t < n; t++) sum += p[t] = Math.Exp(p[t] - largest);
            loss += count * (largest + Math.Log(sum));
            for (var t = 0; t < n; t++) p[t] /= sum; // that of beta t, given the value
            for (var t = 0; t < n; t++)
            {
                var part = count * p[t];
                expected[t] += part;
                for (var s = 0; s <= t; s++) products[(t * n) + s] += part * p[s];
            }
        }

        var gradient = Vector<double>.Build.Dense(expected) - totals;
        var curvature = Matrix<double>.Build.Dense(n, n, (r, c) => -products[(Math.Max(r, c) * n) + Math.Min(r, c)] + (r == c ? expected[r] : 0));
        return (loss, gradient, curvature);
    }
}
