namespace Heaviside.Estimators;

/// <summary>What a training step optimizes.</summary>
/// <param name="Loss">A scalar; its gradient is followed downwards, its value means nothing.</param>
/// <param name="Value">The objective in nats per example, a scalar without a gradient.</param>
/// <param name="Point">Where the latents were evaluated: at relaxed samples the value is no bound.</param>
/// <param name="TuningLoss">What the estimator's own parameters minimize, a scalar, or null when it has none.</param>
public sealed record TrainingObjective(Tensor Loss, Tensor Value, EvaluationPoint Point, Tensor? TuningLoss = null)
{
    /// <summary>That of an estimate for a batch, less a divergence in closed form where there is one.</summary>
    /// <param name="estimate">Of f, in nats.</param>
    /// <param name="divergence">The mean over the batch with its weight, a scalar in nats with a gradient.</param>
    public static TrainingObjective Of(Estimate estimate, Tensor? divergence = null)
    {
        var (loss, value) = (-estimate.Surrogate.mean(), estimate.Value.mean());
        return divergence is null
            ? new(loss, value, estimate.Point, estimate.TuningLoss)
            : new(divergence + loss, value - divergence.detach(), estimate.Point, estimate.TuningLoss);
    }

    /// <summary>Computes the gradients of a step: the model's parameters get the loss's, what the estimator learns gets the
    /// tuning loss's alone, whatever the loss would have it do.</summary>
    /// <param name="tuned">The estimator's parameters.</param>
    public void Backward(IReadOnlyList<Tensor> tuned)
    {
        var gradients = TuningLoss is not null && tuned.Count > 0
            ? Autograd.GradOrNull([TuningLoss], [.. tuned], retainGraph: true)
            : new Tensor?[tuned.Count];
        Autograd.Backward(Loss);
        for (var i = 0; i < tuned.Count; i++) tuned[i].grad = gradients[i];
    }
}
