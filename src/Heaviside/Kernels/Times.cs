using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>Multiplication by a number.</summary>
internal readonly struct Times(float factor) : IMap
{
    public Vector256<float> Of(Vector256<float> x) => x * factor;
}
