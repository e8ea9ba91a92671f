
namespace Heaviside.Estimators;

/// <summary>log p(x | b) in nats of a single categorical variable, with a table of it for all classes.</summary>
/// <param name="f">From points <c>[P, B, 1, K]</c> to log-likelihoods <c>[P, B]</c>.</param>
/// <param name="table">Makes the table, shape <c>[K, B]</c>.</param>
/// <param name="context">Shape <c>[B, C]</c>, without a gradient.</param>
/// <param name="logitParameters">The parameters from which the logits of the law were computed.</param>
public sealed class TabulatedObjective(Func<Tensor, Tensor> f, Func<Tensor> table, Tensor context, IReadOnlyList<Tensor> logitParameters)
    : ModelObjective(f, context, logitParameters), ITabulated
{
    /// <inheritdoc/>
    public Tensor Table() => table();

    /// <inheritdoc/>
    public override ModelObjective Less(Func<Tensor, Tensor> term) => new TabulatedObjective(b => ValueAt(b) - term(b), () => LessOfEach(table(), term), Context, LogitParameters);

    // At every class of every example.
    private static Tensor LessOfEach(Tensor f, Func<Tensor, Tensor> term)
    {
        var (classes, examples) = (f.size(0), f.size(1));
        return f - term(torch.eye(classes, dtype: f.dtype, device: f.device).view([classes, 1, 1, classes]).expand([classes, examples, 1, classes]));
    }
}
