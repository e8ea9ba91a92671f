
namespace Heaviside.Distributions;

/// <summary>A discrete law whose draws, exactly or nearly, are the highest-scoring value after noise is added to the scores of single variables.</summary>
/// <remarks>Reference: Papandreou and Yuille 2011, doi:10.1109/ICCV.2011.6126242.</remarks>
public interface IPerturbAndMap
{
    /// <summary>Standard noise of the variables' own scores. Shape <c>sampleShape + BatchShape + EventShape</c>.</summary>
    Tensor Noise(ReadOnlySpan<long> sampleShape, Generator rng);

    /// <summary>The value with the highest score after a shift of the variables' own scores; of equals the lowest.</summary>
    /// <param name="shift">Shape <c>sampleShape + BatchShape + EventShape</c>.</param>
    /// <returns>The same shape, without a gradient.</returns>
    Tensor Maximize(Tensor shift);

    /// <summary>The score h(z), differentiable with respect to the logits, up to a constant for each example.</summary>
    /// <param name="points">Values, shape <c>[P, B, ...]</c>.</param>
    /// <returns>Shape <c>[P, B]</c>.</returns>
    Tensor Score(Tensor points);
}
