namespace Heaviside.Models.Graphs;

/// <summary>How a decoder predicts the next frame.</summary>
public enum EdgeDecoderKind
{
    /// <summary>From the last frame alone.</summary>
    Mlp,

    /// <summary>With a memory of what was before, for motion that one frame does not determine.</summary>
    Recurrent,
}
