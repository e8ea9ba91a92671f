namespace Heaviside.Structured;

/// <summary>Marginals and the logarithm of the sum over all assignments of a structure, with their derivatives in closed form.</summary>
internal sealed class StructureSums : Function
{
    private readonly SummableStructure structure;

    private StructureSums(SummableStructure structure) => this.structure = structure;

    /// <summary>Both, of scores <c>[..., N]</c>: shapes <c>[..., N]</c> and <c>[...]</c>.</summary>
    internal static (Tensor Marginals, Tensor LogPartition) Of(SummableStructure structure, Tensor scores) =>
        new StructureSums(structure).Apply(scores) is [var marginals, var logZ] ? (marginals, logZ) : default;

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var (scores, bits) = (inputs[0], (int)inputs[0].size(-1));
        var (near, marginals, logZ) = (SummableStructure.Near(scores), torch.empty(scores.shape, ScalarType.Float64), torch.empty(scores.shape[..^1], ScalarType.Float64));
        if (scores.numel() > 0)
            structure.Solve(bits, (int)logZ.numel(), (solver, from, to) =>
            {
                var l = near.AsSpan<double>();
                var mu = marginals.AsSpan<double>();
                var z = logZ.AsSpan<double>();
                for (var b = from; b < to; b++)
                {
                    z[b] = solver.Sum(l.Slice(b * bits, bits));
                    solver.Marginals(mu.Slice(b * bits, bits));
                }
            });

        Tensor[] outputs = [marginals.to(scores.dtype, scores.device), logZ.to(scores.dtype, scores.device)];
        context.SaveForBackward(scores, outputs[0]);
        return outputs;
    }

    // The gradient of log Z is the marginals, whose Jacobian is the covariance matrix of the bits.
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var (scores, marginals, direction, ofLogZ) = (context.Saved[0], context.Saved[1], gradients[0], gradients[1]);
        if (torch.is_grad_enabled())
            return direction is null ? [ofLogZ!.unsqueeze(-1) * structure.Marginals(scores)] : throw new NotSupportedException("the marginals of a structure have no second derivative");
        var along = direction is null ? null : Covary(scores, direction);
        var byLogZ = ofLogZ is null ? null : ofLogZ.unsqueeze(-1) * marginals;
        return [along is null ? byLogZ : byLogZ is null ? along : along + byLogZ];
    }

    private Tensor Covary(Tensor scores, Tensor direction)
    {
        var bits = (int)scores.size(-1);
        var (near, vector, product) = (SummableStructure.Near(scores), SummableStructure.Near(direction), torch.empty(scores.shape, ScalarType.Float64));
        if (scores.numel() > 0)
            structure.Solve(bits, (int)scores.numel() / bits, (solver, from, to) =>
            {
                var l = near.AsSpan<double>();
                var v = vector.AsSpan<double>();
                var along = product.AsSpan<double>();
                for (var b = from; b < to; b++)
                {
                    solver.Sum(l.Slice(b * bits, bits));
                    solver.Covary(v.Slice(b * bits, bits), along.Slice(b * bits, bits));
                }
            });

        return product.to(scores.dtype, scores.device);
    }
}
