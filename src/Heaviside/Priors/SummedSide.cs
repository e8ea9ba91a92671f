
namespace Heaviside.Priors;

/// <summary>log Z of a restricted machine as the sum over all states of one side, the other summed out; a part of the states at a time, in both passes.</summary>
/// <remarks>Inputs: the biases of the side <c>[n]</c>, those of the other <c>[m]</c>, the weights <c>[m, n]</c>. Output: <c>[]</c>.</remarks>
internal sealed class SummedSide : Function
{
    // The states of a part.
    private const int Slice = 1 << 14;

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.SaveForBackward(inputs);
        return [Sum(inputs)];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] gradients)
    {
        var sum = Sum(context.Saved);
        var totals = Array.ConvertAll(context.Saved, t => torch.zeros_like(t));
        foreach (var states in Slices(context.Saved))
        {
            using var scope = torch.NewDisposeScope();
            var logits = Logits(context.Saved, states);
            var p = (LogWeights(context.Saved, states, logits) - sum).exp();
            var ones = p.unsqueeze(1) * logits.sigmoid();
            Tensor[] parts = [p.MatMul(states), ones.sum(dim: 0), ones.transpose(0, 1).MatMul(states)];
            for (var i = 0; i < parts.Length; i++) totals[i].add_(parts[i]);
        }

        return [.. totals.Select(t => t * gradients[0]!)];
    }

    private static Tensor Sum(Tensor[] inputs)
    {
        var terms = new List<Tensor>();
        foreach (var states in Slices(inputs))
        {
            using var scope = torch.NewDisposeScope();
            terms.Add(scope.MoveToOuter(LogWeights(inputs, states, Logits(inputs, states)).logsumexp(0)));
        }

        return torch.stack([.. terms]).logsumexp(0);
    }

    private static Tensor Logits(Tensor[] inputs, Tensor states) => states.MatMul(inputs[2].transpose(0, 1)) + inputs[1];

    private static Tensor LogWeights(Tensor[] inputs, Tensor states, Tensor logits) =>
        states.MatMul(inputs[0]) + RestrictedBoltzmannMachine.Softplus(logits);

    private static IEnumerable<Tensor> Slices(Tensor[] inputs)
    {
        var (units, like) = ((int)inputs[0].size(0), inputs[0]);
        for (var from = 0L; from < 1L << units; from += Slice)
        {
            using var states = BoltzmannMachine.States(units, from, Math.Min(from + Slice, 1L << units));
            using var near = states.to(like.dtype, like.device);
            yield return near;
        }
    }
}
