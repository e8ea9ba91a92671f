namespace Heaviside.Regularizers;

/// <summary>What has a largest stability of its own.</summary>
public enum StabilityClip
{
    /// <summary>Each output: a bit, or one class of a variable.</summary>
    Dimension,

    /// <summary>Each group of outputs along the last dimension: a variable with all its classes, whose stabilities are added.</summary>
    Group,
}
