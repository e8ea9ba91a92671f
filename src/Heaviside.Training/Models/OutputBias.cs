namespace Heaviside.Models;

/// <summary>The bias of an output layer that makes an untrained model predict the mean image.</summary>
internal static class OutputBias
{
    // An output bias of a pixel that is always off must stay finite (IWAE's clipping, arXiv:1509.00519).
    private const float LeastMean = 0.001f;

    /// <summary>The logits of the pixel means, clipped to [0.001, 0.999].</summary>
    internal static float[] FromMeans(float[] means) =>
        [.. means.Select(m => float.Clamp(m, LeastMean, 1 - LeastMean)).Select(m => MathF.Log(m / (1 - m)))];
}
