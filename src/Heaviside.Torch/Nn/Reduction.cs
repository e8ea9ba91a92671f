namespace Heaviside.Torch;

/// <summary>What a loss makes of its elements.</summary>
public enum Reduction
{
    /// <summary>All of them, in the shape that the loss documents.</summary>
    None = 0,

    /// <summary>Their mean.</summary>
    Mean = 1,

    /// <summary>Their sum.</summary>
    Sum = 2,
}
