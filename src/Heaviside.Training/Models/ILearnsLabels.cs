using Heaviside.Distributions;

namespace Heaviside.Models;

/// <summary>A model whose clusters can be classes: where the class of an image is known, it teaches the model to put the image there.</summary>
public interface ILearnsLabels : IClusters
{
    /// <summary>q(class | x) of images <c>[B, D]</c>, as one variable of K classes: logits <c>[B, 1, K]</c>, differentiable.</summary>
    OneHotCategorical ClassLaw(Tensor x);

    /// <summary>Mean images of every class with the rest in common: image i of each class has the same values of what else is latent.
    /// Shape <c>[K, count, D]</c>, in [0, 1].</summary>
    Tensor GenerateVariants(int count, Generator rng);
}
