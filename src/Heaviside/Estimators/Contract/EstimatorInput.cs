
namespace Heaviside.Estimators;

/// <summary>What an estimator must know of the model that it is made for.</summary>
/// <param name="Layers">The shape of each stochastic layer's variables: <c>[N]</c> for bits, <c>[N, K]</c> for categories.</param>
/// <param name="ContextSize">The number of values C in <see cref="IHasContext.Context"/>.</param>
/// <param name="LogitParameters">How many parameter tensors are in <see cref="IHasLogitParameters.LogitParameters"/>.</param>
/// <param name="Rng">The source of initial weights; on the device on which they are to be.</param>
/// <param name="Type">The type of the initial weights.</param>
public sealed record EstimatorInput(IReadOnlyList<long[]> Layers, long ContextSize, int LogitParameters, Generator Rng, ScalarType Type = ScalarType.Float32);
