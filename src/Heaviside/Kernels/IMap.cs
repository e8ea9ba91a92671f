using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>A function of single numbers, applied to eight at a time.</summary>
internal interface IMap
{
    Vector256<float> Of(Vector256<float> x);
}
