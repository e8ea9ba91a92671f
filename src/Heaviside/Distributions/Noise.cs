using Heaviside.Kernels;
using Heaviside.Numerics;

namespace Heaviside.Distributions;

/// <summary>Standard noise of a given shape, finite in single precision.</summary>
public static class Noise
{
    // Far below any probability that matters, and its logarithm is finite: an exponential draw of exactly 0 would give infinity.
    private const double Smallest = 1e-30;

    /// <summary>Standard Gumbel noise, <c>-log E</c> with E exponential: adding it to log-probabilities and taking the argmax samples.</summary>
    /// <returns>Shape <paramref name="shape"/>, with the type and on the device of <paramref name="like"/>.</returns>
    public static Tensor Gumbel(ReadOnlySpan<long> shape, Tensor like, Generator rng) => Fast.CanLoop(like)
        ? GumbelNoise.Draw(shape, rng)
        : torch.empty(shape, like.dtype, like.device).exponential_(generator: rng).clamp_(Smallest).log_().neg_();

    /// <summary>Standard logistic noise, <c>log u - log(1 - u)</c>: a logit plus it is positive with the logit's probability.</summary>
    /// <returns>Shape <paramref name="shape"/>, with the type and on the device of <paramref name="like"/>.</returns>
    public static Tensor Logistic(ReadOnlySpan<long> shape, Tensor like, Generator rng) => Fast.CanLoop(like)
        ? LogisticNoise.Draw(shape, rng)
        : Gumbel(shape, like, rng).sub_(Gumbel(shape, like, rng));

    /// <summary>Uniform noise in [0, 1).</summary>
    /// <returns>Shape <paramref name="shape"/>, with the type and on the device of <paramref name="like"/>.</returns>
    public static Tensor Uniform(ReadOnlySpan<long> shape, Tensor like, Generator rng) =>
        torch.rand(Shape.NotNegative(shape), like.dtype, like.device, generator: rng);

    /// <summary>Standard normal noise.</summary>
    /// <returns>Shape <paramref name="shape"/>, with the type and on the device of <paramref name="like"/>.</returns>
    public static Tensor Normal(ReadOnlySpan<long> shape, Tensor like, Generator rng) =>
        torch.randn(Shape.NotNegative(shape), like.dtype, like.device, generator: rng);
}
