namespace Heaviside.Models;

/// <summary>The scores that pairs of bits have in a posterior.</summary>
public enum PairScores
{
    /// <summary>None: the bits are independent.</summary>
    None,

    /// <summary>Of either sign.</summary>
    General,

    /// <summary>At least 0, so that a minimum cut finds the best bits.</summary>
    Supermodular,
}
