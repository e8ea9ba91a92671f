
namespace Heaviside.Numerics;

/// <summary>The limits of a tensor's floating-point type.</summary>
internal static class Precision
{
    /// <summary>What an infinite logit counts as: beyond any other in either precision, and finite, so that 0 times it is 0.</summary>
    internal const double Infinite = 1e30;

    /// <summary>The smallest positive normal number.</summary>
    internal static double Smallest(Tensor t) => t.dtype == ScalarType.Float64 ? 2.2250738585072014e-308 : 1.17549435e-38;

    /// <summary>The distance from 1 to the next smaller number.</summary>
    internal static double Epsilon(Tensor t) => t.dtype == ScalarType.Float64 ? 1.1102230246251565e-16 : 5.9604645e-8;
}
