
namespace Heaviside.Models;

/// <summary>A model that puts every image into one of some clusters.</summary>
public interface IClusters
{
    /// <summary>The number of clusters, K.</summary>
    int Clusters { get; }

    /// <summary>The logits of q(cluster | x) without noise, shape <c>[B, K]</c>, of images <c>[B, D]</c>.</summary>
    Tensor ClusterLogits(Tensor x);

    /// <summary>Mean images of latents drawn from each cluster, shape <c>[K, count, D]</c>, in [0, 1].</summary>
    Tensor GenerateClusters(int count, Generator rng);
}
