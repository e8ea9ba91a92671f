
namespace Heaviside.Estimators;

/// <summary>n uniform numbers that avoid being small together: u_i = (1 - d_i)^(n-1), d uniform on the simplex.</summary>
/// <remarks>Each u_i is uniform on [0, 1]; for n = 2, u_2 = 1 - u_1. An event of probability q that happens where u is
/// below q happens to two of them together with probability P = max(0, 2 q^(1/(n-1)) - 1)^(n-1), which is at most q^2.</remarks>
internal static class DirichletCopula
{
    /// <summary>The numbers from standard Gumbel noise, whose first dimension is n; of the noise's shape.</summary>
    internal static Tensor Uniforms(Tensor noise) => (1 - (-noise).softmax(0)).pow(noise.size(0) - 1);

    /// <summary>The probability P that an event of probability q happens to both of two; shape of q.</summary>
    internal static Tensor Both(Tensor q, long n) => ((2 * q.pow(1.0 / (n - 1))) - 1).clamp_min(0).pow(n - 1);

    // q (1 - q) / (q - P) = (1 - q) / (1 - P / q), which is 1 at q = 0.
    /// <summary>By what factor it is more likely for independent draws than for these that the event happens to the first and not to the second; shape of q, at most 1/2.</summary>
    internal static Tensor Ratio(Tensor q, long n) => (1 - q) / (1 - (2 - q.pow(-1.0 / (n - 1))).clamp_min(0).pow(n - 1));
}
