using static TorchSharp.torch;

namespace Heaviside.Peers.Boltzmann;

/// <summary>
/// Block Gibbs sweeps as one writes them with torch's operators, for <c>heaviside bench gibbs</c>. A work is WAY/SIDE/CHAINS/SWEEPS, such as
/// plain/100/100/200: plain is bernoulli(sigmoid(addmm)) for each side, tuned is in place and compares uniform numbers.
/// </summary>
internal sealed class GibbsSweeps : IWork
{
    private const double WeightScale = 0.1;

    private readonly Action sweep;
    private readonly int sweeps;
    private readonly Tensor a, b, weights, transposed, p1, p2;
    private Tensor z1, z2;

    private GibbsSweeps(string way, long side, long chains, int sweeps)
    {
        this.sweeps = sweeps;
        sweep = way switch
        {
            "plain" => Plain,
            "tuned" => Tuned,
            _ => throw new ArgumentException($"there is no way '{way}'", nameof(way)),
        };
        (a, b, weights) = (WeightScale * randn(side), WeightScale * randn(side), WeightScale * randn(side, side));
        transposed = weights.t();
        (z1, z2, p1, p2) = (zeros(chains, side), zeros(chains, side), empty(chains, side), empty(chains, side));
    }

    internal static IWork Create(string work, Tensor pixelMeans)
    {
        var parts = work.Split('/');
        return new GibbsSweeps(parts[0], long.Parse(parts[1]), long.Parse(parts[2]), int.Parse(parts[3]));
    }

    /// <summary>A draw of one side <c>[C, N]</c> given the states of the other.</summary>
    internal static Tensor Draw(Tensor bias, Tensor states, Tensor weights)
    {
        using var logits = addmm(bias, states, weights, 1, 1);
        using var p = sigmoid(logits);
        return bernoulli(p);
    }

    public double? Step(Tensor x)
    {
        using var _ = no_grad();
        for (var i = 0; i < sweeps; i++) sweep();
        return null;
    }

    private void Plain()
    {
        z2.Dispose();
        z2 = Draw(b, z1, transposed);
        z1.Dispose();
        z1 = Draw(a, z2, weights);
    }

    private void Tuned()
    {
        using var scope = NewDisposeScope();
        p2.copy_(b).addmm_(z1, transposed).sigmoid_();
        z2.uniform_(0, 1).lt_(p2);
        p1.copy_(a).addmm_(z2, weights).sigmoid_();
        z1.uniform_(0, 1).lt_(p1);
    }
}
