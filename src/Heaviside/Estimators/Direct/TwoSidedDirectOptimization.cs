using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Direct optimization between the values that win when epsilon f is added to the perturbed scores and when it is subtracted.</summary>
/// <remarks>
/// <para>Approximates grad E[f(z)] with (grad h(z_dir(epsilon)) - grad h(z_dir(-epsilon))) / (2 epsilon) plus grad f(z); requires what
/// <see cref="DirectOptimization"/> does, and evaluates f as often.</para>
/// <para>For one categorical variable its mean is (softmax(h + epsilon f) - softmax(h - epsilon f)) / (2 epsilon): the bias is of order epsilon^2.</para>
/// <para>Shapes: as there; Value is [S, B].</para>
/// <para>Reference: the central difference of arXiv:1806.02867, which has the one-sided.</para>
/// </remarks>
public sealed class TwoSidedDirectOptimization : DirectEstimator
{
    /// <inheritdoc/>
    protected override Tensor Difference(IPerturbAndMap law, Tensor noise, Tensor z, Tensor gains, double epsilon)
    {
        var (better, worse) = (law.Maximize(noise + (epsilon * gains)), law.Maximize(noise - (epsilon * gains)));
        return (law.Score(better) - law.Score(worse)) / (2 * epsilon);
    }
}
