
namespace Heaviside.Distributions;

/// <summary>A discrete law that is the hard limit of a continuous one, b = H(z), in the steps of a draw with explicit noise.</summary>
/// <remarks>
/// <para>z = <see cref="Perturb"/>(noise) is the logits plus noise; b = <see cref="Threshold"/>(z) has this law;
/// y = <see cref="Soften"/>(z) is its relaxation.</para>
/// <para>Reference: Tucker et al. 2017, arXiv:1703.07370, appendix C.</para>
/// </remarks>
public interface IRelaxable : IPerturbAndMap
{
    /// <summary>The continuous law whose draws become this law's as the temperature goes to 0.</summary>
    /// <param name="temperature">From 1e-6 to 1e6.</param>
    IReparameterized Relax(double temperature);

    /// <summary>z without noise: log-odds, log-probabilities or scores, all finite. Shape <c>BatchShape + EventShape</c>.</summary>
    Tensor Location { get; }

    /// <summary>z: location plus noise, differentiable with respect to the logits. Shape of the noise.</summary>
    Tensor Perturb(Tensor noise);

    /// <summary>b = H(z): the discrete value, of the same shape, without a gradient.</summary>
    Tensor Threshold(Tensor z);

    /// <summary>The relaxed value of z / temperature: sigmoids, a softmax, or a structure's marginals. Shape of z.</summary>
    /// <param name="z">Perturbed logits, finite.</param>
    /// <param name="temperature">From 1e-6 to 1e6.</param>
    Tensor Soften(Tensor z, double temperature = 1);
}
