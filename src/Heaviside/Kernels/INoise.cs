using System.Runtime.Intrinsics;

namespace Heaviside.Kernels;

/// <summary>A stream of random numbers, eight at a time.</summary>
internal interface INoise
{
    Vector256<float> Next();
}
