
namespace Heaviside.Evaluation;

/// <summary>Moving averages of a gradient and of its square along a training trajectory, and the variance that they give.</summary>
/// <remarks>
/// <para>Exponential averages of every component g_p and of its square, from 0 and not corrected for that: the first thousands of
/// steps show how the averages grow. The variance is mean_p(E[g_p^2] - m_p^2), m the averages of the gradient itself or those that
/// several estimators have in common; the noise of minibatches is in it. The protocol of arXiv:1703.07370.</para>
/// <para>E[g_p^2] is needed in its sum over p only, which is the moving average of |g|^2: one number.</para>
/// </remarks>
public sealed class GradientMoments : IDisposable
{
    /// <summary>The weight of the past in each step.</summary>
    public const double Decay = 0.999;

    private readonly Tensor[] means;
    private readonly bool[] isPresent;
    private long components;

    /// <summary>Averages of nothing yet.</summary>
    /// <param name="parameters">What the gradients are taken with respect to.</param>
    public GradientMoments(IReadOnlyList<Tensor> parameters)
    {
        using var noGrad = torch.no_grad();
        means = [.. parameters.Select(p => p.zeros_like().DetachFromDisposeScope())];
        Square = torch.zeros([], torch.float64, parameters[0].device).DetachFromDisposeScope();
        isPresent = new bool[means.Length];
    }

    /// <summary>E[g], one tensor of the parameter's shape per parameter.</summary>
    public IReadOnlyList<Tensor> Means => means;

    /// <summary>E[|g|^2], a scalar in double precision.</summary>
    public Tensor Square { get; }

    /// <summary>Takes the gradient of a step in; a parameter without one is left out of the mean over the components.</summary>
    public void Update(IReadOnlyList<Tensor?> gradient)
    {
        if (gradient.Count != means.Length) throw new ArgumentException($"expected {means.Length} tensors, got {gradient.Count}", nameof(gradient));
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        components = 0;
        var now = torch.zeros_like(Square);
        for (var i = 0; i < means.Length; i++)
        {
            isPresent[i] = gradient[i] is not null;
            if (gradient[i] is not { } g) continue;
            components += g.numel();
            means[i].lerp_(g, 1 - Decay);
            now.add_(SquaredNorm(g));
        }

        Square.lerp_(now, 1 - Decay);
    }

    /// <summary>mean_p(E[g_p^2] - m_p^2) as of the last step, a scalar of shape <c>[]</c> in double precision.</summary>
    /// <param name="common">m, in place of <see cref="Means"/>.</param>
    public Tensor Variance(IReadOnlyList<Tensor>? common = null)
    {
        using var noGrad = torch.no_grad();
        var ofMeans = (common ?? means).Where((_, i) => isPresent[i]).Select(SquaredNorm).Aggregate((a, b) => a + b);
        return (Square - ofMeans) / components;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var mean in means) mean.Dispose();
        Square.Dispose();
    }

    private static Tensor SquaredNorm(Tensor t) => torch.linalg.vector_norm(t.to(torch.float64)).square();
}
