using Heaviside.Distributions;

namespace Heaviside.Estimators;

/// <summary>Direct optimization through argmax: towards the value that wins when epsilon f is added to the perturbed scores.</summary>
/// <remarks>
/// <para>Approximates grad E[f(z)] with (grad h(z_dir) - grad h(z)) / epsilon plus grad f(z), where z = argmax h + noise and
/// z_dir = argmax h + noise + epsilon f. Requires of f that it can be evaluated at hard points, and of the law an argmax.</para>
/// <para>For one categorical variable its mean is (softmax(h + epsilon f) - softmax(h)) / epsilon, whose bias is of order epsilon.</para>
/// <para>Shapes: f is evaluated at [S, B, ...] and at [C S, B, ...], C the number of single changes; Value is [S, B].</para>
/// <para>Reference: Lorberbom, Gane, Jaakkola, Hazan 2018, arXiv:1806.02867.</para>
/// </remarks>
public sealed class DirectOptimization : DirectEstimator
{
    /// <inheritdoc/>
    protected override Tensor Difference(IPerturbAndMap law, Tensor noise, Tensor z, Tensor gains, double epsilon)
    {
        var direct = law.Maximize(noise + (epsilon * gains));
        return (law.Score(direct) - law.Score(z)) / epsilon;
    }
}
