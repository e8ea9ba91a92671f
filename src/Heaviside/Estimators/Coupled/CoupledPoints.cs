
namespace Heaviside.Estimators;

/// <summary>Points that were drawn together, and what values of f there say about the logits.</summary>
/// <param name="Points">M hard points in each of G draws, each alone distributed as the law says; shape <c>[M, G, B, ...]</c>. Where
/// <see cref="Places"/> says which they are, D different ones, <c>[D, G, B, ...]</c>.</param>
/// <param name="Gradient">From f at the M points, of shape <c>[M, G, B, 1, ...]</c> with as many dimensions as they have, to the
/// estimates of the gradient with respect to the logits, shape <c>[G, B, ...]</c>. Linear in f.</param>
public sealed record CoupledPoints(Tensor Points, Func<Tensor, Tensor> Gradient)
{
    /// <summary>Where equal points are there once: which of the D points each of the M is, shape <c>[M, G, B]</c>; null: the points are all M.</summary>
    public Tensor? Places { get; init; }

    /// <summary>f at all M points, shape <c>[M G, B]</c>, differentiable.</summary>
    /// <param name="values">f at the points that are there, shape <c>[D G, B]</c>.</param>
    internal Tensor Spread(Tensor values) => Places is null ? values : values.view([Points.size(0), .. Places.shape[1..]]).gather(0, Places).flatten(0, 1);

    /// <summary>The estimates of the gradient with respect to the logits, shape <c>[G, B, ...]</c>.</summary>
    /// <param name="values">f at all M points, shape <c>[M G, B]</c>.</param>
    internal Tensor GradientAt(Tensor values)
    {
        var count = Places is null ? Points.size(0) : Places.size(0);
        return Gradient(values.reshape([count, .. Points.shape[1..3], .. Points.shape[3..].Select(_ => 1L)]));
    }
}
