using Linear = TorchSharp.Modules.Linear;

namespace Heaviside.Networks;

/// <summary>A perceptron whose input is N variables of K classes as one-hot vectors: a change of one variable is a row of its first matrix.</summary>
/// <param name="network">The network, which begins with an affine map of N K values.</param>
/// <param name="variables">N.</param>
/// <param name="classes">K.</param>
internal sealed class CodePerceptron(Sequential network, long variables, long classes)
{
    private readonly Linear first = (Linear)network.named_children().First().module;
    private readonly torch.nn.Module<Tensor, Tensor>[] rest = [.. network.named_children().Skip(1).Select(c => (torch.nn.Module<Tensor, Tensor>)c.module)];

    /// <summary>The output for codes <c>[..., N, K]</c>, hard or relaxed.</summary>
    internal Tensor forward(Tensor b) => network.call(b.flatten(-2));

    /// <summary>The output for each class of a single variable, shape <c>[K, D]</c>.</summary>
    internal Tensor OfEachClass() => Finish(first.weight.t() + first.bias!);

    // W b' = W b + W_n (b'_n - b_n): for all N variables one product of each with its K columns.
    /// <summary>The output for all codes that differ from given ones in one variable, in the order of <see cref="Estimators.ISingleChanges"/>.</summary>
    /// <param name="b">One-hot vectors, shape <c>[P, B, N, K]</c>.</param>
    /// <returns>Shape <c>[C, P, B, D]</c>, C = N (K - 1).</returns>
    internal Tensor AtSingleChanges(Tensor b)
    {
        using var scope = torch.NewDisposeScope();
        var (points, examples) = (b.size(0), b.size(1));
        var hidden = first.call(b.flatten(-2)).view([1, 1, points * examples, -1]);
        var perVariable = first.weight.t().view([variables, classes, -1]);
        var moves = torch.stack([.. Enumerable.Range(1, (int)classes - 1).Select(o => b.roll(o, -1) - b)]); // [K - 1, P, B, N, K]
        var changes = moves.permute([3, 0, 1, 2, 4]).reshape([variables, -1, classes]).bmm(perVariable);
        var changed = changes.view([variables, classes - 1, points * examples, -1]) + hidden;
        return scope.MoveToOuter(Finish(changed.view([-1, points, examples, changed.size(-1)])));
    }

    private Tensor Finish(Tensor hidden) => rest.Aggregate(hidden, (x, module) => module.call(x));
}
