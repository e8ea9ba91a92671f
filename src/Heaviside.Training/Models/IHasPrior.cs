
namespace Heaviside.Models;

/// <summary>A model that has images of its own: its latent variables can be drawn without being given any part of an image.</summary>
public interface IHasPrior
{
    /// <summary>The mean images of latent variables drawn from the prior, shape <c>[count, D]</c>, in [0, 1].</summary>
    Tensor Generate(int count, Generator rng);
}
