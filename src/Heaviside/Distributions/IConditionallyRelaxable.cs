
namespace Heaviside.Distributions;

/// <summary>A discrete law whose perturbed logits z can be drawn again given the value b = H(z) that they led to.</summary>
/// <remarks>z given b is drawn from noise that is independent of b. For some such noise it is z itself: two draws of one value with
/// different derivatives, which <see cref="Pullback"/> and <see cref="PullbackGiven"/> give.
/// Reference: Tucker et al. 2017, arXiv:1703.07370, appendix C.</remarks>
public interface IConditionallyRelaxable : IRelaxable
{
    /// <summary>z given b = H(z): differentiable with respect to the logits while b and the noise stay. Shape of b.</summary>
    /// <param name="b">Discrete values, shape <c>sampleShape + BatchShape + EventShape</c>.</param>
    /// <param name="noise">Standard noise that is independent of b, of the same shape.</param>
    Tensor PerturbGiven(Tensor b, Tensor noise);

    /// <summary>The gradient with respect to the logits from one with respect to z = <see cref="IRelaxable.Perturb"/>(noise), the noise
    /// held fixed. Shape of the gradient.</summary>
    Tensor Pullback(Tensor gradient);

    /// <summary>The gradient with respect to the logits from one with respect to z = <see cref="PerturbGiven"/>(b, noise), b
    /// and the noise held fixed. Shape of the gradient.</summary>
    Tensor PullbackGiven(Tensor b, Tensor z, Tensor gradient);
}
