using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>Follows how often clusters are used, and makes those that are not into copies of halves of the largest.</summary>
internal sealed class ClusterRevival : Module
{
    private const double Decay = 0.99, Noise = 0.1;
    private readonly Tensor usage;

    internal ClusterRevival(int clusters, Generator rng) =>
        usage = register_buffer("usage", torch.full([clusters], 1.0 / clusters, torch.float32, rng.Device));

    /// <summary>Takes the assignments [B, K] of a batch into the running usage.</summary>
    internal void Follow(Tensor b)
    {
        using var _ = torch.no_grad();
        usage.mul_(Decay).add_(b.detach().mean(0), 1 - Decay);
    }

    /// <summary>Gives each cluster that has less than a tenth of its share the weights of the largest one, with some noise, so that
    /// the two part.</summary>
    /// <param name="perCluster">Weights whose first dimension is the cluster.</param>
    /// <param name="rng">The source of the noise.</param>
    internal void Revive(IReadOnlyList<Tensor> perCluster, Generator rng)
    {
        using var _ = torch.no_grad();
        var clusters = (int)usage.size(0);
        var shares = usage.ToArray<float>();
        for (var dead = 0; dead < clusters; dead++)
        {
            if (shares[dead] >= 0.1f / clusters) continue;
            using var scope = torch.NewDisposeScope();
            var largest = Array.IndexOf(shares, shares.Max());
            foreach (var weights in perCluster)
            {
                var from = weights[largest];
                weights[dead].copy_(from + (Noise * from.abs().mean() * torch.randn(from.shape, rng, from.dtype, from.device)));
            }

            shares[dead] = shares[largest] /= 2;
        }

        using var updated = torch.tensor(shares);
        usage.copy_(updated);
    }
}
