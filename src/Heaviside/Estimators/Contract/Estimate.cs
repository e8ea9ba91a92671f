
namespace Heaviside.Estimators;

/// <summary>What an estimator returns for one batch.</summary>
/// <param name="Value">f where the estimator evaluated it, shape <c>[S, B]</c> ([1, B] for an expectation), without a gradient.</param>
/// <param name="Point">Where that was.</param>
/// <param name="Surrogate">Shape <c>[B]</c>, to be maximized with f: the gradient of element i with respect to the logits and
/// to everything that f depends on is the estimate for E[f(b)] of example i. Its value means nothing.</param>
/// <param name="TuningLoss">What the estimator's own parameters minimize, or null when it has none.</param>
public sealed record Estimate(Tensor Value, EvaluationPoint Point, Tensor Surrogate, Tensor? TuningLoss = null);
