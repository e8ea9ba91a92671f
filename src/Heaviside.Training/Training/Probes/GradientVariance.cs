using Heaviside.Evaluation;
using Heaviside.Models;

namespace Heaviside.Training.Probes;

/// <summary>The logarithm of the variance of the gradient, over the steps since the last report.</summary>
/// <remarks>The mean over these steps of the variance of <see cref="GradientMoments"/>, in which are all parameters of the model that have
/// a gradient; not what the estimator learns. The protocol of arXiv:1703.07370.</remarks>
public sealed class GradientVariance : Probe
{
    private readonly Tensor[] followed;
    private readonly GradientMoments moments;
    private readonly Tensor variances;
    private readonly Tensor steps;

    /// <summary>A probe of a model that is where it will be trained.</summary>
    public GradientVariance(TrainableModel model)
    {
        followed = [.. model.parameters()];
        var device = followed[0].device;
        moments = new(followed);
        for (var i = 0; i < followed.Length; i++) this.AddBuffer($"mean_{i}", moments.Means[i]);
        this.AddBuffer("square", moments.Square);
        variances = this.AddBuffer("variances", torch.zeros([], torch.float64, device));
        steps = this.AddBuffer("steps", torch.zeros([], torch.int64, device));
    }

    /// <inheritdoc/>
    public override void AfterBackward(long step)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        moments.Update([.. followed.Select(p => p.grad)]);
        variances.add_(moments.Variance());
        steps.add_(1);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object? Value)> Report(ITrainingObserver observer)
    {
        var count = steps.item<long>();
        var variance = variances.Number() / count;
        variances.zero_();
        steps.zero_();
        return [("log-variance", Math.Log(variance)), ("steps", count)];
    }
}
