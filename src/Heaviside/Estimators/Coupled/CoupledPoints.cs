
namespace Heaviside.Estimators;

/// <summary>Points that were drawn together, and what values of f there say about the logits.</summary>
/// <param name="Points">M hard points in each of G draws, each alone distributed as the law says; shape <c>[M, G, B, ...]</c>.</param>
/// <param name="Gradient">From f at the points, of shape <c>[M, G, B, 1, ...]</c> with as many dimensions as they have, to the
/// estimates of the gradient with respect to the logits, shape <c>[G, B, ...]</c>. Linear in f.</param>
public sealed record CoupledPoints(Tensor Points, Func<Tensor, Tensor> Gradient);
