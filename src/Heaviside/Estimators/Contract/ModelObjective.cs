
namespace Heaviside.Estimators;

/// <summary>An objective of a model, with all that estimators may ask of one: derivatives between the discrete points, a
/// context for baselines, and the parameters behind the logits.</summary>
/// <param name="f">From points <c>[P, B, ...]</c> to values <c>[P, B]</c>.</param>
/// <param name="context">Shape <c>[B, C]</c>, without a gradient.</param>
/// <param name="logitParameters">The parameters from which the logits of the law were computed.</param>
public abstract class ModelObjective(Func<Tensor, Tensor> f, Tensor context, IReadOnlyList<Tensor> logitParameters)
    : Objective, IDifferentiableObjective, IHasContext, IHasLogitParameters
{
    /// <inheritdoc/>
    public Tensor Context => context;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> LogitParameters => logitParameters;

    /// <summary>The same f less a term, with the same structure: single changes and tables stay what they cost.</summary>
    /// <param name="term">From points <c>[..., B, N]</c> or <c>[..., B, N, K]</c> with one or more leading dimensions to <c>[..., B]</c>.</param>
    public virtual ModelObjective Less(Func<Tensor, Tensor> term) => new LikelihoodObjective(b => ValueAt(b) - term(b), Context, LogitParameters);

    /// <inheritdoc/>
    protected override Tensor ValueAt(Tensor points) => f(points);
}
