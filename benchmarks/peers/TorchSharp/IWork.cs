using static TorchSharp.torch;

namespace Heaviside.Peers;

/// <summary>Something to do again and again, timed.</summary>
internal interface IWork
{
    /// <summary>Does it once; returns the loss before the step, null where there is none.</summary>
    /// <param name="x">A batch <c>[B, D]</c>.</param>
    double? Step(Tensor x);
}

/// <summary>Makes a work; drivers seed the generator of all draws before.</summary>
/// <param name="work">Its name, whose form each benchmark says.</param>
/// <param name="pixelMeans">Of the data, <c>[D]</c>.</param>
internal delegate IWork CreateWork(string work, Tensor pixelMeans);
