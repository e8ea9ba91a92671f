using Heaviside.Estimators;

namespace Heaviside.Models;

/// <summary>A model whose latent variables are drawn from discrete laws, as estimators must know them before the first step.</summary>
public interface IHasDiscreteLatents
{
    /// <summary>The shape of each stochastic layer's variables: <c>[N]</c> for bits, <c>[N, K]</c> for categories.</summary>
    IReadOnlyList<long[]> LatentLayers { get; }

    /// <summary>The parameters from which the logits of the latent variables are computed.</summary>
    IReadOnlyList<Tensor> LogitParameters { get; }

    /// <summary>The number of values that an input-dependent baseline sees of an example: those of <see cref="IHasContext.Context"/>.</summary>
    long ContextSize { get; }
}
