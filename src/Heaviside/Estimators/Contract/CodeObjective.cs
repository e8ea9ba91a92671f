
namespace Heaviside.Estimators;

/// <summary>log p(x | b) in nats of a network that computes single changes of its code b for less than each alone.</summary>
/// <param name="f">From points <c>[P, B, ...]</c> to log-likelihoods <c>[P, B]</c>.</param>
/// <param name="atSingleChanges">From points to log-likelihoods <c>[C, P, B]</c>, as <see cref="ISingleChanges"/> says.</param>
/// <param name="context">Shape <c>[B, C]</c>, without a gradient.</param>
/// <param name="logitParameters">The parameters from which the logits of the law were computed.</param>
public sealed class CodeObjective(Func<Tensor, Tensor> f, Func<Tensor, Tensor> atSingleChanges, Tensor context, IReadOnlyList<Tensor> logitParameters)
    : ModelObjective(f, context, logitParameters), ISingleChanges
{
    /// <inheritdoc/>
    public Tensor AtSingleChanges(Tensor points) => atSingleChanges(points);

    /// <inheritdoc/>
    public override ModelObjective Less(Func<Tensor, Tensor> term) =>
        new CodeObjective(b => ValueAt(b) - term(b), b => atSingleChanges(b) - term(SingleChanges.Of(b)), Context, LogitParameters);
}
