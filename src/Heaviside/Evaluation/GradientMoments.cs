using Heaviside.Torch;

namespace Heaviside.Evaluation;

/// <summary>Moving averages of a gradient and of its square along a training trajectory, and the variance that they give.</summary>
/// <remarks>
/// <para>Exponential averages of every component g_p and of its square, from 0 and not corrected for that: the first thousands of
/// steps show how the averages grow. The variance is mean_p(E[g_p^2] - m_p^2), m the averages of the gradient itself or those that
/// several estimators have in common; the noise of minibatches is in it. The protocol of arXiv:1703.07370.</para>
/// <para>E[g_p^2] is needed in its sum over p only, which is the moving average of |g|^2: one number.</para>
/// </remarks>
public sealed class GradientMoments : Module
{
    /// <summary>The weight of the past in each step.</summary>
    public const double Decay = 0.999;

    private readonly Tensor[] means;
    private readonly Tensor square;
    private long components;

    /// <summary>Averages of nothing yet.</summary>
    /// <param name="parameters">What the gradients are taken with respect to.</param>
    public GradientMoments(IReadOnlyList<Tensor> parameters)
    {
        using var noGrad = torch.no_grad();
        means = [.. parameters.Select((p, i) => register_buffer($"mean_{i}", torch.zeros_like(p)))];
        square = register_buffer("square", torch.zeros([], torch.float64, parameters[0].device));
    }

    /// <summary>The average gradient, one tensor of the parameter's shape per parameter.</summary>
    public IReadOnlyList<Tensor> Means => means;

    /// <summary>Takes the gradient of a step in; a parameter without one is left out of the mean over the components.</summary>
    public void Update(IReadOnlyList<Tensor?> gradient)
    {
        if (gradient.Count != means.Length) throw new ArgumentException($"expected {means.Length} tensors, got {gradient.Count}", nameof(gradient));
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        components = 0;
        var now = torch.zeros_like(square);
        foreach (var (g, mean) in gradient.Zip(means))
        {
            if (g is null) continue;
            components += g.numel();
            mean.lerp_(g, 1 - Decay);
            now.add_(SquaredNorm(g));
        }

        square.lerp_(now, 1 - Decay);
    }

    /// <summary>mean_p(E[g_p^2] - m_p^2), a scalar in double precision.</summary>
    /// <param name="means">m, in place of <see cref="Means"/>.</param>
    public Tensor Variance(IReadOnlyList<Tensor>? means = null) =>
        (square - (means ?? this.means).Select(SquaredNorm).Aggregate((a, b) => a + b)) / components;

    private static Tensor SquaredNorm(Tensor t) => t.linalg_vector_norm(dtype: torch.float64).square();
}
