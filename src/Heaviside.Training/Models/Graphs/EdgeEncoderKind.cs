namespace Heaviside.Models.Graphs;

/// <summary>How an encoder sees trajectories.</summary>
public enum EdgeEncoderKind
{
    /// <summary>All frames of an object at once.</summary>
    Mlp,

    /// <summary>Convolutions over time with attention to frames, of 14 frames at least.</summary>
    Cnn,
}
