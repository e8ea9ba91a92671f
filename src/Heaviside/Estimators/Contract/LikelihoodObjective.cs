namespace Heaviside.Estimators;

/// <summary>log p(x | b) in nats of any network.</summary>
/// <param name="f">From points <c>[P, B, ...]</c> to log-likelihoods <c>[P, B]</c>.</param>
/// <param name="context">Shape <c>[B, C]</c>, without a gradient.</param>
/// <param name="logitParameters">The parameters from which the logits of the law were computed.</param>
public sealed class LikelihoodObjective(Func<Tensor, Tensor> f, Tensor context, IReadOnlyList<Tensor> logitParameters)
    : ModelObjective(f, context, logitParameters);
