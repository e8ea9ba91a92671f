
namespace Heaviside.Estimators;

/// <summary>An objective that computes f at all points that differ from given ones in one variable, for less than their evaluation one by one.</summary>
public interface ISingleChanges
{
    /// <summary>f at the changed points, without a gradient.</summary>
    /// <param name="points">Bits <c>[P, B, N]</c>, or one-hot vectors <c>[P, B, N, K]</c>.</param>
    /// <returns>Shape <c>[C, P, B]</c>. Bits: C = N, the n-th with bit n flipped. Categories: C = N (K - 1), variable by variable,
    /// with its class moved on by 1, 2, ..., K - 1, after the last beginning with the first.</returns>
    Tensor AtSingleChanges(Tensor points);
}
