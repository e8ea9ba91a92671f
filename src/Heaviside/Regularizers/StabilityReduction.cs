namespace Heaviside.Regularizers;

/// <summary>How the terms of outputs, or of groups of outputs, become one number.</summary>
public enum StabilityReduction
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,
}
