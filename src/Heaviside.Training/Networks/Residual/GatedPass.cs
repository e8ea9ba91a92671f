using Heaviside.Distributions;
using Heaviside.Regularizers;

namespace Heaviside.Networks.Residual;

/// <summary>Images on their way through blocks with gates, of which each depends on the blocks before it: what one walk has computed serves the next that begins alike.</summary>
/// <param name="network">The blocks.</param>
/// <param name="gates">The gate of each block.</param>
/// <param name="images">Shape <c>[B, C, H, W]</c>.</param>
internal sealed class GatedPass(ResidualNetwork network, IReadOnlyList<BlockGate> gates, Tensor images)
{
    private readonly List<(Tensor Gate, bool HasGradient, Tensor Features)> done = [];
    private readonly Tensor begin = network.Begin(images);

    /// <summary>The law of all gates: each a bit, given those of the blocks before.</summary>
    internal StochasticChain Law() =>
        new(new Bernoulli(gates[0].Logits(begin).unsqueeze(-1)), [.. gates.Skip(1).Select((gate, i) => new StochasticLayer(1, (IReadOnlyList<Tensor> before) => Given(gate, before)))]);

    /// <summary>The logits of the classes, <c>[P, B, K]</c>.</summary>
    /// <param name="path">The gates of all blocks, each <c>[P, B, 1]</c>.</param>
    internal Tensor Output(IReadOnlyList<Tensor> path)
    {
        var logits = network.Output(After(path));
        return logits.view([path[0].size(0), path[0].size(1), -1]);
    }

    private Bernoulli Given(BlockGate gate, IReadOnlyList<Tensor> before)
    {
        using var frozen = network.training && !torch.is_grad_enabled() ? new FrozenStatistics(network) : null; // a draw: the step itself comes later
        using var frozenGate = network.training && !torch.is_grad_enabled() ? new FrozenStatistics(gate) : null;
        return new(gate.Logits(After(before)).view([before[0].size(0), before[0].size(1), 1]));
    }

    // What blocks give, [P B, C, H, W], after as many as there are gates.
    private Tensor After(IReadOnlyList<Tensor> path)
    {
        var known = 0;
        while (known < Math.Min(path.Count, done.Count) && IsOf(done[known], path[known])) known++;
        done.RemoveRange(known, done.Count - known);
        for (var i = known; i < path.Count; i++)
        {
            var features = i > 0 ? done[i - 1].Features : Repeat(path[0].size(0));
            done.Add((path[i], torch.is_grad_enabled(), network.Blocks[i].Of(features, path[i].flatten())));
        }

        return done[path.Count - 1].Features;
    }

    private static bool IsOf((Tensor Gate, bool HasGradient, Tensor Features) step, Tensor gate) =>
        ReferenceEquals(step.Gate, gate) && step.HasGradient == torch.is_grad_enabled() && !step.Features.IsInvalid;

    private Tensor Repeat(long points) => points == 1 ? begin : begin.unsqueeze(0).expand([points, .. begin.shape]).flatten(0, 1);
}
