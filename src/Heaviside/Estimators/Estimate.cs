using Heaviside.Torch;

namespace Heaviside.Estimators;

/// <summary>What an estimator returns for one batch.</summary>
/// <param name="Value">f where the estimator evaluated it, shape <c>[S, B]</c> ([1, B] for an expectation), without a gradient.</param>
/// <param name="Point">Where that was.</param>
/// <param name="Surrogate">A scalar, to be maximized with f: its gradient with respect to the logits and to everything
/// that f depends on is the estimate for the mean over the batch of E[f(b)]. Its value means nothing.</param>
/// <param name="TuningLoss">What the estimator's own parameters minimize, or null when it has none.</param>
public sealed record Estimate(Tensor Value, EvaluationPoint Point, Tensor Surrogate, Tensor? TuningLoss = null);
