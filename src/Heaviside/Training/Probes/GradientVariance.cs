using Heaviside.Models;
using Heaviside.Torch;

namespace Heaviside.Training.Probes;

/// <summary>The logarithm of the variance of the gradient, over the steps since the last report.</summary>
/// <remarks>
/// <para>Exponential moving averages of every component g_p and of its square, from 0 and not corrected for that, follow the
/// training steps; the variance of a step is mean_p(E[g_p^2] - E[g_p]^2), and its mean over the steps is reported. It has the noise of
/// minibatches in it, and all parameters of the model that have a gradient; not what the estimator learns. The protocol
/// of arXiv:1703.07370; the first thousands of steps show how the averages grow.</para>
/// <para>E[g_p^2] is needed in its sum over p only, which is the moving average of |g|^2: one number.</para>
/// </remarks>
public sealed class GradientVariance : Probe
{
    private const double Decay = 0.999;

    private readonly Tensor[] followed;
    private readonly Tensor[] means;
    private readonly Tensor square;
    private readonly Tensor variances;
    private readonly Tensor steps;

    /// <summary>A probe of a model that is where it will be trained.</summary>
    public GradientVariance(LatentVariableModel model)
    {
        followed = [.. model.parameters()];
        var device = followed[0].device;
        using var noGrad = torch.no_grad();
        means = [.. followed.Select((p, i) => register_buffer($"mean_{i}", p.zeros_like()))];
        square = register_buffer("square", torch.zeros([], torch.float64, device));
        variances = register_buffer("variances", torch.zeros([], torch.float64, device));
        steps = register_buffer("steps", torch.zeros([], torch.int64, device));
    }

    /// <inheritdoc/>
    public override void AfterBackward(long step)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var (components, now, ofMeans) = (0L, torch.zeros([], torch.float64, square.device), torch.zeros([], torch.float64, square.device));
        foreach (var (p, mean) in followed.Zip(means))
        {
            if (p.grad is not { } g) continue;
            components += g.numel();
            mean.lerp_(g, 1 - Decay);
            now += SquaredNorm(g);
            ofMeans += SquaredNorm(mean);
        }

        square.lerp_(now, 1 - Decay);
        variances.add_((square - ofMeans) / components);
        steps.add_(1);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var count = steps.item<long>();
        var variance = variances.item<double>() / count;
        variances.zero_();
        steps.zero_();
        return [("log-variance", Math.Log(variance)), ("steps", count)];
    }

    private static Tensor SquaredNorm(Tensor t) => t.linalg_vector_norm(dtype: torch.float64).square();
}
