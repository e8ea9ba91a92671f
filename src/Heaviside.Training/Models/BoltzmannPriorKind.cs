namespace Heaviside.Models;

/// <summary>The prior of a model's bits.</summary>
public enum BoltzmannPriorKind
{
    /// <summary>A restricted Boltzmann machine.</summary>
    Restricted,

    /// <summary>A machine without couplings: independent bits.</summary>
    Factorial,
}
