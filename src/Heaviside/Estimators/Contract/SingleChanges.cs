
namespace Heaviside.Estimators;

/// <summary>The points that differ from given ones in one variable, in the order of <see cref="ISingleChanges"/>.</summary>
internal static class SingleChanges
{
    /// <summary>All of them.</summary>
    /// <param name="points">Bits <c>[P, B, N]</c>, or one-hot vectors <c>[P, B, N, K]</c>.</param>
    /// <returns>Shape <c>[C]</c> and that of the points.</returns>
    internal static Tensor Of(Tensor points)
    {
        using var scope = torch.NewDisposeScope();
        var variables = points.size(2);
        var one = torch.eye(variables, dtype: points.dtype, device: points.device);
        if (points.shape.Length == 3) return scope.MoveToOuter((points - one.view([variables, 1, 1, variables])).abs());
        var changed = points + (one.view([variables, 1, 1, 1, variables, 1]) * (Moved(points) - points));
        return scope.MoveToOuter(changed.flatten(0, 1));
    }

    /// <summary>How much f rises if a variable takes a value: for bits 1 rather than 0, for categories the class rather than the one that it has.</summary>
    /// <param name="points">The points.</param>
    /// <param name="rises">How much f rises by each change, shape <c>[C, P, B]</c>.</param>
    /// <returns>The shape of the points.</returns>
    internal static Tensor Gains(Tensor points, Tensor rises)
    {
        using var scope = torch.NewDisposeScope();
        if (points.shape.Length == 3) return scope.MoveToOuter((1 - (2 * points)) * rises.permute([1, 2, 0]));
        var perVariable = rises.view([points.size(2), -1, rises.size(1), rises.size(2)]).permute([1, 2, 3, 0]);
        return scope.MoveToOuter((Moved(points) * perVariable.unsqueeze(-1)).sum(dim: 0));
    }

    // The classes moved on by 1, ..., K - 1; shape [K - 1, P, B, N, K].
    private static Tensor Moved(Tensor points) =>
        torch.stack([.. Enumerable.Range(1, (int)points.size(-1) - 1).Select(o => points.roll(o, -1))]);
}
