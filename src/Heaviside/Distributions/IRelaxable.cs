
namespace Heaviside.Distributions;

/// <summary>A discrete law that is the hard limit of a continuous one, b = H(z), in the steps of a draw with explicit noise.</summary>
/// <remarks>
/// <para>z = <see cref="Perturb"/>(noise) is the logits plus noise; b = <see cref="Threshold"/>(z) has this law;
/// y = <see cref="Soften"/>(z) is its relaxation. <see cref="PerturbGiven"/> draws z again given b, from noise that is
/// independent of b. For some such noise it is z itself: two draws of one value with different derivatives, which
/// <see cref="Pullback"/> and <see cref="PullbackGiven"/> give.</para>
/// <para>Reference: Tucker et al. 2017, arXiv:1703.07370, appendix C.</para>
/// </remarks>
public interface IRelaxable : IPerturbAndMap
{
    /// <summary>The continuous law whose draws become this law's as the temperature goes to 0.</summary>
    /// <param name="temperature">From 1e-6 to 1e6.</param>
    IReparameterized Relax(double temperature);

    /// <summary>z without noise: log-odds, or log-probabilities, all finite. Shape <c>BatchShape + EventShape</c>.</summary>
    Tensor Location { get; }

    /// <summary>z: location plus noise, differentiable with respect to the logits. Shape of the noise.</summary>
    Tensor Perturb(Tensor noise);

    /// <summary>b = H(z): the discrete value, of the same shape, without a gradient.</summary>
    Tensor Threshold(Tensor z);

    /// <summary>The relaxed value of z / temperature: a sigmoid or a softmax. Shape of z.</summary>
    /// <param name="z">Perturbed logits, finite.</param>
    /// <param name="temperature">From 1e-6 to 1e6.</param>
    Tensor Soften(Tensor z, double temperature = 1);

    /// <summary>z given b = H(z): differentiable with respect to the logits while b and the noise stay. Shape of b.</summary>
    /// <param name="b">Discrete values, shape <c>sampleShape + BatchShape + EventShape</c>.</param>
    /// <param name="noise">Standard noise that is independent of b, of the same shape.</param>
    Tensor PerturbGiven(Tensor b, Tensor noise);

    /// <summary>The gradient with respect to the logits from one with respect to z = <see cref="Perturb"/>(noise), the noise
    /// held fixed. Shape of the gradient.</summary>
    Tensor Pullback(Tensor gradient);

    /// <summary>The gradient with respect to the logits from one with respect to z = <see cref="PerturbGiven"/>(b, noise), b
    /// and the noise held fixed. Shape of the gradient.</summary>
    Tensor PullbackGiven(Tensor b, Tensor z, Tensor gradient);
}
