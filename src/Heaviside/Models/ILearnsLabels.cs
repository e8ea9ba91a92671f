using Heaviside.Distributions;
using Heaviside.Torch;

namespace Heaviside.Models;

/// <summary>A model whose clusters can be classes: where the class of an image is known, it teaches the model to put the image there.</summary>
public interface ILearnsLabels : IClusters
{
    /// <summary>q(class | x) of images <c>[B, D]</c>, as one variable of K classes: logits <c>[B, 1, K]</c>, differentiable.</summary>
    OneHotCategorical ClassLaw(Tensor x);
}
