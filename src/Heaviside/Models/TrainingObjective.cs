using Heaviside.Estimators;
using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>What a training step optimizes.</summary>
/// <param name="Loss">A scalar; its gradient is followed downwards, its value means nothing.</param>
/// <param name="Value">The objective in nats per example, a scalar without a gradient.</param>
/// <param name="Point">Where the latents were evaluated: at relaxed samples the value is no bound.</param>
/// <param name="TuningLoss">What the estimator's own parameters minimize, a scalar, or null when it has none.</param>
public sealed record TrainingObjective(Tensor Loss, Tensor Value, EvaluationPoint Point, Tensor? TuningLoss = null);
