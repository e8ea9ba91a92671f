namespace Heaviside.Estimators;

/// <summary>What stands in for a sample's weight when VIMCO asks how much the sample adds to the bound.</summary>
public enum VimcoBaseline
{
    /// <summary>The geometric mean of the other weights: the mean of their logarithms.</summary>
    Geometric,

    /// <summary>The arithmetic mean of the other weights.</summary>
    Arithmetic,
}
